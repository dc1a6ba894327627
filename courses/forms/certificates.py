"""Forms of the certificate register."""

from django import forms

from cadres.forms.fields import DayField
from trainingplans.lib.dates import today

REASON = {"required": "Chưa ghi lý do."}


class IssueForm(forms.Form):
    """The day on the certificates and who signs them."""

    on = DayField(label="Ngày cấp", required=True)
    signer = forms.CharField(
        label="Người ký",
        max_length=120,
        required=False,
        help_text="Họ tên in dưới chỗ ký, đóng dấu.",
    )


class ReissueForm(IssueForm):
    """The same for one lost or faulty certificate, and why."""

    reason = forms.CharField(
        label="Lý do cấp lại",
        max_length=250,
        error_messages=REASON,
        help_text="Ví dụ: mất, hỏng, in sai họ tên.",
    )


class RevokeForm(forms.Form):
    """From which day a certificate no longer counts, and why."""

    on = DayField(label="Thu hồi từ ngày", required=True, initial=today)
    reason = forms.CharField(label="Lý do thu hồi", max_length=250, error_messages=REASON)
