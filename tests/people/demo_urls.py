"""The reader's addresses as a server in DEBUG has them."""

from django.urls import include, path

from reader.people import demo
from reader.people.urls import urlpatterns as people
from reader.urls import urlpatterns as pages

door = [*people, path("try/<str:role>/", demo.try_role, name="try_role")]
urlpatterns = [path("", include((door, "people"))), *pages]
