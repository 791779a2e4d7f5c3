"""The types that a field of a kind can have, by the names that ``kind.yaml`` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from koho_pdf.kinds.types.calendar import DateField, FiscalYearField, MonthField, OccasionsField, TimeField
from koho_pdf.kinds.types.choices import AnswerField, ChoiceField, FaceField
from koho_pdf.kinds.types.collection_days import CollectionDaysField
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.files import ChartField, PictureField, TableField
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.kinds.types.issue_articles import ArticlesField
from koho_pdf.kinds.types.month_calendar import MonthCalendarField
from koho_pdf.kinds.types.numbers import AmountField, CopiesField, NumberField
from koho_pdf.kinds.types.page_plan import PlanField
from koho_pdf.kinds.types.past import PastArticleField
from koho_pdf.kinds.types.people import CodeField, ContactField, LinkField, MailField, PersonField, TelephoneField
from koho_pdf.kinds.types.references import ContentsField, ReferenceField
from koho_pdf.kinds.types.texts import ParagraphsField, PlainField, TextField

TYPES: Mapping[str, type[Field]] = MappingProxyType(
    {
        each.called: each
        for each in (
            TextField,
            ParagraphsField,
            PlainField,
            ListField,
            GroupField,
            ChoiceField,
            AnswerField,
            FaceField,
            NumberField,
            CopiesField,
            AmountField,
            DateField,
            FiscalYearField,
            MonthField,
            TimeField,
            OccasionsField,
            MonthCalendarField,
            TelephoneField,
            MailField,
            LinkField,
            CodeField,
            ContactField,
            PersonField,
            PictureField,
            TableField,
            CollectionDaysField,
            ChartField,
            ArticlesField,
            PlanField,
            ReferenceField,
            PastArticleField,
            ContentsField,
        )
    }
)
