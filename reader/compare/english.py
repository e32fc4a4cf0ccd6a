"""What is known of English words: suffixes, forms that none explains, words that only look related. Pure."""

# What may come off the end of a word: how many letters must be left, what takes its place, the suffixes.
SUFFIXES = (
    (2, "cept", "ceive"),
    (2, "if", "ification ifications ified ifier ifies ify ifying"),
    (2, "y", "ied ies"),
    (
        3,
        "",
        "ability able ably ance e ed ence es ful fulness ian ibility ible ibly ing ion isation"
        " ization ize ized izer izing less ly ness s ward",
    ),
    (3, "yz", "ysis ytic ytical"),
    (
        4,
        "",
        "a acy age al ally an ancy ant ary ate ated ating ation ational ative ator atory dom en ency"
        " ened ening ent er ery ese est hood ia ial ic ical ically ional ious ise ised iser ising ism"
        " ist ity ive iveness ivity ment mental ous ship ur ure",
    ),
    (5, "", "ics ition itive or ory y"),
)
# Ends of a stem that stand for one another within a family: "defend", "defensive".
RESPELT = dict(
    pair.split("=")
    for pair in (
        "end=ens and=ans ond=ons ud=us id=is ad=as od=os ced=ces mit=mis vert=vers olv=olut ceiv=cept"
        " ceive=cept duct=duc scrib=script sumpt=sum plic=pli bil=bl our=or uct=uc tain=tent lys=lyz"
    ).split()
)
# A word and its forms that no suffix explains.
IRREGULAR = (
    "analyz analyse; arise arose arisen; asia asian; bear bore borne birth; beat beaten; begin began"
    " begun; believe belief; bind bound; bite bit bitten; bleed bled blood; blow blew blown; break broke"
    " broken; breed bred; bring brought; broad breadth; build built; burn burnt; buy bought; catch caught;"
    " center centre centres; child children; choose chose chosen choice; cling clung; deal dealt; deep"
    " depth deepen; defense defence defences; die dead death dying; dig dug; draw drew drawn; drink drank"
    " drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed food; feel felt; fiber fibre"
    " fibres; fight fought; flee fled flight; fly flew flown; foot feet; forbid forbade forbidden; forget"
    " forgot forgotten; freeze froze frozen; give gave given gift; grow grew grown growth; half halves;"
    " hang hung; hear heard; heat hot; hide hid hidden; high height heighten; hold held; india indian;"
    " keep kept; know knew known knowledge; lay laid; lead led; leaf leaves; learn learnt; leave left;"
    " lend lent loan; life live lives lived living; long length lengthen; lose lost loss losses; man men;"
    " mean meant; meet met; meter metre metres; mouse mice; offense offence offences; pay paid; prove"
    " proof proven; relieve relief; ride rode ridden; rise rose risen; run ran; see saw seen sight; seek"
    " sought; sell sold sale sales; send sent; shake shook shaken; shelf shelves; shine shone; shoot shot;"
    " show shown; shrink shrank shrunk; sing sang sung song; sink sank sunk; sit sat; sleep slept; speak"
    " spoke spoken speech; spend spent; spread spreads; spring sprang sprung; stand stood; steal stole"
    " stolen theft; stick stuck; strike struck stricken; strong strength strengthen; swear swore sworn;"
    " sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told;"
    " theater theatre theatres; think thought; threat threaten; throw threw thrown; tooth teeth; true"
    " truth; use used uses using user users usage useful; warm warmth; wear wore worn; weave wove woven;"
    " weigh weight; wide width widen; win won; wind wound; wolf wolves; woman women; write wrote written;"
    " young youth"
)
# Words that a suffix would take for another family.
APART = frozenset(
    "administration after another capital capitals center chapter communism communist communities"
    " community corporal difference differences different early ever every experience experiment"
    " experiments family general generally generation generations generous importance important"
    " importantly international letter master matter minister ministers ministry nation national nations"
    " native natives natural naturally nature never new news number numbers only order organ organic"
    " organism organisms organs other over paper partial parties partly partner partners partnership"
    " partnerships party personnel police policies policy political politician politicians politics power"
    " rather relation relations relationship relationships relative relatively sentence sentences several"
    " severe severely state statement statements states station stations status summer together under"
    " universities university water weather whether winter".split()
)
