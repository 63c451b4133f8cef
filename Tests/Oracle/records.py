"""One text line of an export: from bytes to an entry, or to the first error that applies to it.

Covers the checks that need nothing but the record itself, in the order of the findings table:
record_too_long, malformed_json, missing_field and invalid_field, unknown_currency,
tenant_mismatch, posted_outside_date. The checks that need other records or the chart are
questions asked in SQL, in oracle.py.
"""

import codecs
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from iso4217 import CURRENCIES

RECORD_BYTES_MAX = 1_048_576
DEPTH_MAX = 32
AMOUNT_MINOR_MAX = 2**63 - 1

EVENT_TYPES = frozenset(
    "disbursement disbursement_settled accrual payment_received payment_allocated "
    "payment_returned fee_assessed fee_waived chargeoff recovery refinance restructure "
    "reversal manual_adjustment".split()
)
LAYERS = frozenset({"SETTLED", "PENDING", "ENCUMBRANCE"})

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
INSTANT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
ACCOUNT = re.compile(r"[0-9]{4}")
AMOUNT = re.compile(r"0|[1-9][0-9]{0,18}")
CURRENCY = re.compile(r"[A-Z]{3}")


class Refused(Exception):
    """The reason for which a record is quarantined, and the field it names, if any."""

    def __init__(self, code, field_name=None):
        super().__init__(code)
        self.code = code
        self.field_name = field_name


class Number(str):
    """A JSON number as it was written: 1, 1.0 and 1e0 are three literals."""


@dataclass(frozen=True)
class Line:
    sequence: int
    account_code: str
    direction: str
    amount_minor: int
    currency: str
    layer: str
    loan_id: str | None
    borrower_id: str | None
    external_ref: str | None  # a digest of the decoded text: used for equality only


@dataclass
class Record:
    number: int
    byte_offset: int
    code: str | None = None
    field_name: str | None = None
    entry_id: str | None = None
    effective: date | None = None
    reverses: str | None = None
    lines: list = field(default_factory=list)


# JSON, according to RFC 8259


def _object(pairs):
    members = {}
    for key, value in pairs:
        if key in members:
            raise ValueError("duplicate key")
        members[key] = value
    return members


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_constant=_refuse_constant,
    parse_int=Number,
    parse_float=Number,
    strict=True,
)


def _depth(value):
    deepest, pending = 0, [(value, 1)]
    while pending:
        value, level = pending.pop()
        if isinstance(value, (dict, list)):
            deepest = max(deepest, level)
            inner = value.values() if isinstance(value, dict) else value
            pending.extend((element, level + 1) for element in inner)
    return deepest


def parse_json(raw):
    """The members of a record. JSON that is not an object names no field: invalid_field."""
    try:
        value = DECODER.decode(raw.decode("utf-8", "strict"))
    except (ValueError, RecursionError):
        raise Refused("malformed_json") from None
    if _depth(value) > DEPTH_MAX:
        raise Refused("malformed_json")
    if not isinstance(value, dict):
        raise Refused("invalid_field")
    return value


# Values of fields: each returns the value, or None if the field's value is not valid.


def _text(value):
    return value if isinstance(value, str) and not isinstance(value, Number) else None


def _matching(pattern):
    def check(value):
        text = _text(value)
        return text if text is not None and pattern.fullmatch(text) else None

    return check


def _one_of(choices):
    def check(value):
        text = _text(value)
        return text if text in choices else None

    return check


def _uuid(value):
    text = _matching(UUID)(value)
    return text.lower() if text else None


def _date(value):
    text = _matching(DATE)(value)
    try:
        return date(*map(int, text.split("-"))) if text else None
    except ValueError:
        return None


def _sequence(value):
    if not isinstance(value, Number) or not re.fullmatch(r"[1-9][0-9]{0,4}", value):
        return None
    return int(value) if int(value) <= 32767 else None


def _amount(value):
    text = _matching(AMOUNT)(value)
    return int(text) if text is not None and int(text) <= AMOUNT_MINOR_MAX else None


OUT_OF_RANGE = datetime.min


def parse_instant(value):
    """A strict RFC 3339 instant in UTC, or None.

    A leap second is read as the second before it, which is on the same date in every time zone.
    An instant whose UTC date has no four-digit year is valid, and is on no business date.
    """
    match = INSTANT.fullmatch(_text(value) or "")
    if not match:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    sign, offset_hours, offset_minutes = match.groups()[6:]
    if int(offset_hours or 0) > 23 or int(offset_minutes or 0) > 59 or second > 60:
        return None
    offset = timedelta(hours=int(offset_hours or 0), minutes=int(offset_minutes or 0))
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        return None
    try:
        instant = local + offset if sign == "-" else local - offset
    except OverflowError:
        utc_minutes = (hour * 60 + minute) - (-1 if sign == "-" else 1) * offset.seconds // 60
        return OUT_OF_RANGE if second < 60 or utc_minutes % 1440 == 1439 else None
    if second == 60 and (instant.hour, instant.minute) != (23, 59):
        return None
    return instant


# Fields, in the order of the record table


def _required(members, name, check, path=""):
    if name not in members:
        raise Refused("missing_field", path + name)
    value = check(members[name])
    if value is None:
        raise Refused("invalid_field", path + name)
    return value


def _optional(members, name, check, path=""):
    if members.get(name) is None:
        return None
    return _required(members, name, check, path)


def _digest(text):
    if text is None:
        return None
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _line(members, index):
    path = f"lines[{index}]"
    if not isinstance(members, dict):
        raise Refused("invalid_field", path)
    path += "."
    return Line(
        sequence=_required(members, "sequence", _sequence, path),
        account_code=_required(members, "account_code", _matching(ACCOUNT), path),
        direction=_required(members, "direction", _one_of({"DR", "CR"}), path),
        amount_minor=_required(members, "amount_minor", _amount, path),
        currency=_required(members, "currency", _matching(CURRENCY), path),
        layer=_required(members, "layer", _one_of(LAYERS), path),
        loan_id=_optional(members, "loan_id", _uuid, path),
        borrower_id=_optional(members, "borrower_id", _uuid, path),
        external_ref=_digest(_optional(members, "external_ref", _text, path)),
    )


def _two_or_more(value):
    return value if isinstance(value, list) and len(value) >= 2 else None


def _decode(members, record):
    """Fills the record from the object's members; returns its tenant and its posting time."""
    record.entry_id = _required(members, "journal_entry_id", _uuid)
    tenant = _optional(members, "tenant_id", _uuid)
    _required(members, "event_type", _one_of(EVENT_TYPES))
    record.effective = _required(members, "effective_at", _date)
    posted = _required(members, "posted_at", parse_instant)
    elements = _required(members, "lines", _two_or_more)
    lines = [_line(element, index) for index, element in enumerate(elements)]
    _optional(members, "correlation_id", _uuid)
    record.reverses = _optional(members, "reverses_entry_id", _uuid)
    for name in ("description", "actor"):
        _optional(members, name, _text)
    record.lines = lines
    return tenant, posted


def _is_on(posted, business_date, zone):
    if posted is OUT_OF_RANGE:
        return False
    try:
        return posted.replace(tzinfo=timezone.utc).astimezone(zone).date() == business_date
    except OverflowError:
        return False


def _judge(raw, record, tenant, business_date, zone):
    if len(raw) > RECORD_BYTES_MAX:
        raise Refused("record_too_long")
    stated_tenant, posted = _decode(parse_json(raw), record)
    for index, line in enumerate(record.lines):
        if line.currency not in CURRENCIES:
            raise Refused("unknown_currency", f"lines[{index}].currency")
    if stated_tenant not in (None, tenant):
        raise Refused("tenant_mismatch", "tenant_id")
    if not _is_on(posted, business_date, zone):
        raise Refused("posted_outside_date", "posted_at")


def read_record(raw, number, byte_offset, tenant, business_date, zone=timezone.utc):
    """The record with its lines, or with the first of this module's errors that applies to it."""
    record = Record(number, byte_offset)
    try:
        _judge(raw, record, tenant, business_date, zone)
    except Refused as refused:
        record.code, record.field_name = refused.code, refused.field_name
        record.lines = []
    return record


def split_records(data):
    """(number, byte offset, bytes without the newline) of every record of an inflated part.

    A byte order mark at the start is skipped, and empty lines at the end are no records.
    """
    offset = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    pieces = data[offset:].split(b"\n")
    while pieces and pieces[-1] in (b"", b"\r"):
        pieces.pop()
    for number, piece in enumerate(pieces, start=1):
        yield number, offset, piece
        offset += len(piece) + 1
