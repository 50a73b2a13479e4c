"""What people type about agreements."""

from .agreement import AgreementForm, ExtendForm, ResumeForm, SharesForm, TerminateForm
from .around import AskForm, CounterpartForm, DocumentForm, EndRightForm, RightForm

__all__ = [
    "AgreementForm",
    "AskForm",
    "CounterpartForm",
    "DocumentForm",
    "EndRightForm",
    "ExtendForm",
    "ResumeForm",
    "RightForm",
    "SharesForm",
    "TerminateForm",
]
