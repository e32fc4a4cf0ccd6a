"""Addresses of the pages that compare texts."""

from django.urls import path

from reader.compare import citing_views, claim_views, facts_views, overview_views, parallel_views
from reader.compare.access import while_there

app_name = "compare"
urlpatterns = [
    path(
        "facing/<slug:left>/<slug:right>/parallels/", while_there(parallel_views.parallels), name="parallels"
    ),
    path("facing/<slug:left>/<slug:right>/parallels/draw/", while_there(parallel_views.draw), name="draw"),
    path("facing/<slug:left>/<slug:right>/parallels/looking/", parallel_views.looking, name="looking"),
    path("facing/<slug:left>/<slug:right>/parallels/find/", while_there(parallel_views.find), name="find"),
    path(
        "facing/<slug:left>/<slug:right>/parallels/<int:pk>/",
        while_there(parallel_views.parallel),
        name="parallel",
    ),
    path(
        "facing/<slug:left>/<slug:right>/parallels/<int:pk>/judge/",
        while_there(parallel_views.judge),
        name="judge",
    ),
    path(
        "facing/<slug:left>/<slug:right>/parallels/<int:pk>/withdraw/",
        while_there(parallel_views.withdraw),
        name="withdraw",
    ),
    path("facing/<slug:left>/<slug:right>/claims/", while_there(claim_views.claims), name="claims"),
    path(
        "facing/<slug:left>/<slug:right>/claims/export.csv",
        while_there(claim_views.export_claims),
        name="export_claims",
    ),
    path("facing/<slug:left>/<slug:right>/facts/", while_there(facts_views.facts), name="facts"),
    path("facing/<slug:left>/<slug:right>/overview/", while_there(overview_views.overview), name="overview"),
    path("citing/", citing_views.citing, name="citing"),
]
