"""Addresses of people."""

from django.urls import path

from .views import entrance, invitations, me, people

app_name = "people"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/acting/", me.act, name="act"),
    path("me/export/", me.export, name="export"),
    path("me/close/", me.close, name="close"),
    path("me/keys/", me.keys, name="keys"),
    path("me/keys/<int:pk>/revoke/", me.revoke, name="revoke_key"),
    path("people/", people.people, name="list"),
    path("people/<int:pk>/", people.show, name="show"),
    path("people/<int:pk>/protected/", people.show_protected, name="show_protected"),
    path("people/<int:pk>/assign/", people.assign, name="assign"),
    path("people/<int:pk>/protect/", people.protect, name="protect"),
    path("people/assignments/<int:pk>/end/", people.end, name="end"),
    path("people/invitations/", invitations.invitations, name="invitations"),
    path("people/invitations/new/", invitations.where, name="invite_where"),
    path("people/invitations/new/<int:pk>/", invitations.invite, name="invite"),
    path("people/invitations/<int:pk>/resend/", invitations.resend, name="resend"),
    path("people/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw"),
    path("invitation/<str:key>/", entrance.accept, name="accept"),
    path("accounts/persona/<int:pk>/", entrance.be_persona, name="be_persona"),
]
