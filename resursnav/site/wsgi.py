"""The WSGI application that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from resursnav.site.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resursnav.site.settings")
application = get_wsgi_application()

get_resolver().check()  # every address and its views are read now instead of by the first visitor
settle()
