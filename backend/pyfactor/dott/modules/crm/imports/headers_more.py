"""What columns about contacts and deals are called in the wild."""

from __future__ import annotations

from .fields import CONTACT_FIELDS, DEAL_FIELDS, Field
from .headers import FIELD_WORDS, listed

_CUSTOMER_WORDS = {
    "customer": """
        customer|customer name|company|company name|account|account name|organization|organisation
        organization name|organisation name|client|client name|business|business name|associated company
        firma|firmenname|unternehmen|kunde|kundenname|empresa|cliente|nombre de la empresa|razon social
        societe|entreprise|raison sociale|azienda|bedrijf
    """,
    "customer_number": """
        customer number|customer account number|account number|customer no|kundennummer|kundennr
        numero de cliente|numero client
    """,
    "customer_external_id": """
        customer id|customer external id|company id|account id|organization id|organisation id
        associated company id
    """,
}
_SHARED = ("email", "phone", "phone_extension", "language", "do_not_call", "do_not_email", "salutation",
           "first_name", "last_name", "contact_name")  # fmt: skip

CONTACT_WORDS: dict[str, str] = {
    **{name: FIELD_WORDS[name] for name in _SHARED},
    **_CUSTOMER_WORDS,
    "contact_id": "dott id",
    "external_id": "id|contact number|external id|record id|person id|kontakt id|id contacto|id contact",
    "contact_name": FIELD_WORDS["contact_name"] + "|name|display name|person name",
    "job_title": """
        job title|title|position|contact title|function|funktion|stellenbezeichnung|beruf|cargo|puesto
        poste|fonction|ruolo|functie|organization title|occupation
    """,
    "department": "department|abteilung|departamento|service|division|organization department|afdeling",
    "role": "role|contact role|buying role|rolle|rol",
    "birthday": """
        birthday|birth date|birthdate|date of birth|geburtstag|geburtsdatum|fecha de nacimiento
        cumpleanos|date de naissance|anniversaire|data di nascita|geboortedatum
    """,
    "notes": FIELD_WORDS["notes"],
}

DEAL_WORDS: dict[str, str] = {
    **_CUSTOMER_WORDS,
    "deal_id": "dott id",
    "external_id": "id|deal number|opportunity id|external id|record id|auftragsnummer",
    "name": """
        name|deal|deal name|deal title|title|opportunity|opportunity name|subject|geschaft|auftrag
        verkaufschance|negocio|oportunidad|nombre|affaire|opportunite|nom|trattativa|titel
    """,
    "contact": """
        contact|contact name|contact person|person|primary contact|associated contact|ansprechpartner
        kontakt|contacto|personne de contact
    """,
    "pipeline": "pipeline|sales pipeline|pipeline name|vertriebsprozess|embudo",
    "stage": "stage|deal stage|stage name|sales stage|phase|status|etapa|fase|etape|deal status",
    "outcome": "outcome|won lost|ergebnis",
    "owner": FIELD_WORDS["owner"] + "|owner name|deal owner|opportunity owner",
    "amount": """
        amount|value|deal value|deal amount|worth|sum|total|price|betrag|wert|summe|importe|valor|monto
        montant|valeur|importo|bedrag|forecast amount
    """,
    "currency": FIELD_WORDS["currency"] + "|currency iso code|deal currency|amount currency",
    "probability": """
        probability|deal probability|probability %|win probability|chance|wahrscheinlichkeit
        probabilidad|probabilite
    """,
    "expected_close_on": """
        expected close date|expected close|expected close on|close date|closing date|expected closing
        abschlussdatum|voraussichtlicher abschluss|fecha de cierre|date de cloture
    """,
    "closed_at": "closed at|closed on|closed date|actual close date|won lost date|date closed",
    "lost_reason": "lost reason|closed lost reason|reason lost|loss reason|verlustgrund|motivo de perdida",
    "lost_note": "lost note|loss note",
    "source": FIELD_WORDS["source"] + "|deal source",
    "next_step": "next step|next steps|nachster schritt|proximo paso|prochaine etape",
    "description": FIELD_WORDS["notes"],
}


def _table(field_words: dict[str, str], fields: dict[str, Field]) -> dict[str, str]:
    table: dict[str, str] = {name.replace("_", " "): name for name in fields}
    for field, text in field_words.items():
        for synonym in listed(text):
            table.setdefault(synonym, field)
    return table


CONTACT_SYNONYMS = _table(CONTACT_WORDS, CONTACT_FIELDS)
DEAL_SYNONYMS = _table(DEAL_WORDS, DEAL_FIELDS)
"""Header words → field name, of each kind."""
