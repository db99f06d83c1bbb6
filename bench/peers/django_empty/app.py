"""Django with one view and nothing else."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="unused", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DEBUG=False
)


def empty(request):
    """Nothing, for a start."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("<path:anything>", lambda request, anything: empty(request))]
application = get_wsgi_application()
