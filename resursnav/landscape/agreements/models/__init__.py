"""The tables of agreements."""

from .agreement import Agreement, AgreementQuerySet, CostShare, Counterpart, PastPeriod, Reminder
from .codes import RIGHTS, PriceRule, Renewal, ShareKey, WayOfUse, WhoUses
from .rights import AgreementDocument, RightPlace, TitleList, UsageRight, UsageRightQuerySet

__all__ = [
    "RIGHTS",
    "Agreement",
    "AgreementDocument",
    "AgreementQuerySet",
    "CostShare",
    "Counterpart",
    "PastPeriod",
    "PriceRule",
    "Reminder",
    "Renewal",
    "RightPlace",
    "ShareKey",
    "TitleList",
    "UsageRight",
    "UsageRightQuerySet",
    "WayOfUse",
    "WhoUses",
]
