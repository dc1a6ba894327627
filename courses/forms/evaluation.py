"""The form that somebody answers with, and the one that staff change a questionnaire with."""

from django import forms
from django.forms import formset_factory
from django.utils.crypto import get_random_string

from courses.evaluation.questionnaires import ABOUT, KINDS, SCALE, SCORE
from courses.evaluation.rounds import LONGEST_TEXT
from courses.models import Questionnaire

EMPTY_ROWS = 3


class AnswerForm(forms.Form):
    """One field a question; nothing is required, an empty sheet is refused by the act."""

    all_optional = True  # said once above the sheet, not at each question

    def __init__(self, *args, questions, **options):
        super().__init__(*args, **options)
        for question in questions:
            self.fields[question["code"]] = _field(question)


def _field(question):
    if question["kind"] == SCORE:
        choices = [(str(points), f"{points} – {words}") for points, words in SCALE.items()]
        return forms.ChoiceField(
            label=question["text"], choices=choices, required=False, widget=forms.RadioSelect
        )
    return forms.CharField(
        label=question["text"],
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuestionnaireForm(forms.ModelForm):
    """Name, when it is sent, whether it is used."""

    class Meta:
        model = Questionnaire
        fields = ["title", "after_months", "is_active"]


class QuestionForm(forms.Form):
    """A question; without words it is left out."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Câu hỏi", required=False, max_length=250)
    kind = forms.ChoiceField(label="Cách trả lời", choices=list(KINDS.items()))
    about = forms.ChoiceField(label="Về", choices=list(ABOUT.items()))

    def question(self):
        """The question as a questionnaire keeps it, None for an empty row."""
        told = self.cleaned_data
        if not told.get("text"):
            return None
        code = told.get("code") or f"cau_{get_random_string(6, 'abcdefghijkmnpqrstuvwxyz')}"
        return {"code": code, **{key: told[key] for key in ("text", "kind", "about")}}


QuestionFormSet = formset_factory(QuestionForm, extra=EMPTY_ROWS)
