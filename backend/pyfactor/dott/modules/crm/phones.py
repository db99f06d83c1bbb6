"""Phone numbers as people write them → E.164."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult


class PhoneError(ValueError):
    """The text cannot become an E.164 number. code: stable word. The message says how to mend it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def is_international(text: str) -> bool:
    """Whether the number says itself which country it is of."""
    return text.lstrip().startswith(("+", "＋"))


def to_e164(text: str, country: str = "") -> str:
    """`089 1234567` with DE, or `+49 (0)89 1234567` with any country → `+49891234567`.

    country: ISO 3166-1 alpha-2 of the place from where the number is written; may be empty.
    A number with + needs only the right length, since new ranges open before the library knows them;
    a local one must be valid in its country, because the country is our guess. Raises PhoneError.
    """
    if not is_international(text) and not country:
        raise PhoneError(
            "phone_without_country",
            "Start the number with + and the country code, or fill in the country.",
        )
    try:
        number = phonenumbers.parse(text, country or None)
    except NumberParseException as error:
        raise PhoneError("not_a_phone", "This is not a phone number.") from error
    if number.extension:
        raise PhoneError("phone_with_extension", "Write the extension into its own field.")
    if is_international(text):
        is_good = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    else:
        is_good = phonenumbers.is_valid_number(number)
    if not is_good:
        place = "this country code" if is_international(text) else country
        raise PhoneError("impossible_phone", f"There is no such phone number in {place}. Check its digits.")
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
