"""The types that a field of a kind can have, by the names that ``kind.yaml`` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from koho_pdf.kinds.types.choices import AnswerField, ChoiceField, FaceField
from koho_pdf.kinds.types.days import DateField, FiscalYearField
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.files import PictureField, TableField
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.kinds.types.numbers import CopiesField, NumberField
from koho_pdf.kinds.types.people import TelephoneField
from koho_pdf.kinds.types.texts import PlainField, TextField

TYPES: Mapping[str, type[Field]] = MappingProxyType(
    {
        each.called: each
        for each in (
            TextField,
            PlainField,
            ListField,
            GroupField,
            ChoiceField,
            AnswerField,
            FaceField,
            NumberField,
            CopiesField,
            DateField,
            FiscalYearField,
            TelephoneField,
            PictureField,
            TableField,
        )
    }
)
