"""Addresses of lending."""

from django.urls import path

from .views import booking, changing, reading, reporting, setting

app_name = "lending"
urlpatterns = [
    path("", reading.mine, name="mine"),
    path("unit/", reading.unit, name="unit"),
    path("when/<int:pk>/", reading.when, name="when"),
    path("book/", booking.book, name="book"),
    path("book/add/<int:pk>/", booking.add, name="add"),
    path("book/remove/<int:pk>/", booking.remove, name="remove"),
    path("queue/<int:pk>/", changing.queue, name="queue"),
    path("queue/entries/<int:pk>/accept/", changing.accept, name="accept"),
    path("queue/entries/<int:pk>/leave/", changing.leave, name="leave"),
    path("orders/", reading.orders, name="orders"),
    path("orders/<int:pk>/", reading.order, name="order"),
    path("orders/<int:pk>/again/", booking.again, name="again"),
    path("orders/<int:pk>/cancel/", changing.cancel, name="cancel"),
    path("orders/<int:pk>/hand-over/", changing.hand_over, name="hand_over"),
    path("orders/<int:pk>/approve/", changing.approve, name="approve"),
    path("orders/<int:pk>/refuse/", changing.refuse, name="refuse"),
    path("lines/<int:pk>/change/", changing.change, name="change"),
    path("lines/<int:pk>/renew/", changing.renew, name="renew"),
    path("lines/<int:pk>/fault/", reporting.fault, name="fault"),
    path("rules/", setting.rules, name="rules"),
    path("rules/new/", setting.new_rule, name="new_rule"),
    path("rules/<int:pk>/", setting.edit_rule, name="edit_rule"),
    path("rules/<int:pk>/remove/", setting.remove_rule, name="remove_rule"),
    path("suspensions/", setting.suspensions, name="suspensions"),
    path("suspensions/new/", setting.suspend, name="suspend"),
    path("suspensions/<int:pk>/lift/", setting.lift, name="lift"),
    path("invoices/", setting.invoices, name="invoices"),
    path("invoices/<int:pk>/settle/", setting.settle, name="settle"),
    path("invoices/<int:pk>/drop/", setting.drop, name="drop"),
]
