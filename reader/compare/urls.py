"""Addresses of the pages that compare texts."""

from django.urls import path

from reader.compare import citing_views, claim_views, facts_views, overview_views, parallel_views

app_name = "compare"
urlpatterns = [
    path("facing/<slug:left>/<slug:right>/parallels/", parallel_views.parallels, name="parallels"),
    path("facing/<slug:left>/<slug:right>/parallels/draw/", parallel_views.draw, name="draw"),
    path("facing/<slug:left>/<slug:right>/parallels/find/", parallel_views.find, name="find"),
    path("facing/<slug:left>/<slug:right>/parallels/<int:pk>/", parallel_views.parallel, name="parallel"),
    path("facing/<slug:left>/<slug:right>/parallels/<int:pk>/judge/", parallel_views.judge, name="judge"),
    path(
        "facing/<slug:left>/<slug:right>/parallels/<int:pk>/withdraw/",
        parallel_views.withdraw,
        name="withdraw",
    ),
    path("facing/<slug:left>/<slug:right>/claims/", claim_views.claims, name="claims"),
    path(
        "facing/<slug:left>/<slug:right>/claims/export.csv", claim_views.export_claims, name="export_claims"
    ),
    path("facing/<slug:left>/<slug:right>/facts/", facts_views.facts, name="facts"),
    path("facing/<slug:left>/<slug:right>/overview/", overview_views.overview, name="overview"),
    path("citing/", citing_views.citing, name="citing"),
]
