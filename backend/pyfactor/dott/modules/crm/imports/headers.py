"""What columns are called in the wild: header words in five languages, and how to compare them."""

from __future__ import annotations

import re
import unicodedata

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# Letters that Unicode does not decompose into a base letter and an accent.
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ł": "l", "Ł": "L"})


def words(header: str) -> str:
    """Lower-case unaccented words: 'CompanyName', 'company_name', 'Company-Name' → 'company name'."""
    spaced = CAMEL.sub(" ", header.translate(LETTERS))
    plain = "".join(c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.lower()))


def label(header: str) -> str:
    """The header as a label in front of a value: 'ContactTitle' → 'Contact title', 'fax' → 'Fax'."""
    parts = CAMEL.sub(" ", header.strip()).replace("_", " ").split()
    shown = [parts[0], *(part if part.isupper() else part.lower() for part in parts[1:])] if parts else []
    text = " ".join(shown)
    return text[:1].upper() + text[1:]


# Address parts are found both plain (billing) and behind a prefix such as "shipping" or "Liefer".
ADDRESS_PARTS: dict[str, str] = {
    "line1": """
        address|address 1|address line|address line 1|address1|street|street 1|street address|line 1
        strasse|strasse 1|anschrift|adresse|adresse 1|strasse hausnummer|strasse nr
        strasse und hausnummer|direccion|calle|domicilio|rue|voie|indirizzo|via|endereco|rua|adres
        addr
    """,
    "line2": """
        address 2|address line 2|address2|street 2|line 2|apartment|suite|unit|adresszusatz|zusatz
        strasse 2|adresse 2|complement|complemento|direccion 2
    """,
    "city": """
        city|town|locality|city town|ort|stadt|wohnort|ciudad|poblacion|localidad|ville|commune
        citta|cidade|plaats|miasto|municipio
    """,
    "county": "county|district|landkreis|kreis|comarca|arrondissement|comune|concelho",
    "region": """
        region|state|province|state province|state region|province state|bundesland|kanton|provincia
        estado|comunidad autonoma|departement|regione|uf|voivodeship
    """,
    "postal_code": """
        postal code|postcode|post code|zip|zip code|zipcode|zip postal code|postal|plz|postleitzahl
        codigo postal|cp|code postal|cap|cep
    """,
    "country": """
        country|country code|country region|nation|land|staat|pais|pays|paese|kraj|landcode
        landeskennzeichen
    """,
}

# Columns of Dott's own export that are told, not set, or are called otherwise on the way in.
OWN_EXPORT = frozenset({"account_number", "external_id", "phone_raw", "billing_line1"})
OWN_EXPORT_FIELDS = {"account_number": None, "created_at": None, "updated_at": None, "owner_name": "owner"}

FIELD_WORDS: dict[str, str] = {
    "external_id": """
        id|customer id|customer number|customer no|customer nr|account number|account id|account no
        client id|external id|record id|contact id|company id|kundennummer|kunden nr|kundennr
        kunden id|kdnr|debitor|debitorennummer|id cliente|numero de cliente|codigo de cliente
        codigo cliente|numero client|code client|id client|codice cliente|klantnummer|customer code
        customer ref|reference
    """,
    "kind": """
        kind|customer type|account type|type of customer|kundenart|kundentyp|tipo de cliente
        type client
    """,
    "business_name": """
        company|company name|business|business name|organization|organisation|organization name
        organisation name|account|account name|customer|customer name|client|client name|firm|firma
        firmenname|unternehmen|kunde|kundenname|empresa|nombre de la empresa|nombre empresa
        razon social|compania|cliente|nombre cliente|societe|entreprise|nom de l entreprise
        raison sociale|nom de la societe|azienda|ragione sociale|bedrijf|bedrijfsnaam|denominacion
        name
    """,
    "contact_name": """
        contact|contact name|contact person|full name|primary contact|person|attention|attn
        ansprechpartner|ansprechperson|kontakt|kontaktperson|kontaktname|vollstandiger name|contacto
        persona de contacto|nombre de contacto|nombre completo|nom complet|personne de contact
        nom du contact|contatto|referente|contactpersoon
    """,
    "salutation": "salutation|title prefix|honorific|anrede|tratamiento|civilite|aanhef",
    "first_name": """
        first name|firstname|given name|forename|contact first name|vorname|nombre|primer nombre
        prenom|nome|voornaam|imie
    """,
    "last_name": """
        last name|lastname|surname|family name|contact last name|nachname|familienname|zuname
        apellido|apellidos|nom|nom de famille|cognome|sobrenome|achternaam|nazwisko
    """,
    "email": """
        email|e mail|mail|email address|e mail address|contact email|emailadresse|e mail adresse
        mailadresse|correo|correo electronico|courriel|adresse e mail|adresse email
        adresse electronique|posta elettronica
    """,
    "phone": """
        phone|phone number|telephone|telephone number|tel|tel no|phone 1|business phone|work phone
        main phone|contact phone|telefon|telefonnummer|telefon nr|rufnummer|festnetz|telefono
        numero de telefono|numero de telephone|telefone|telefoon|mobile|mobile phone|cell|cell phone
        mobil|handy|movil|celular|portable|cellulare
    """,
    "phone_extension": """
        extension|ext|phone extension|phone ext|durchwahl|nebenstelle|extension telefonica|poste
    """,
    "website": """
        website|web site|web|url|homepage|web page|webpage|domain|internet|webseite|webadresse
        pagina web|sitio web|site web|site internet|sito web|company domain name
    """,
    "stage": "stage|lifecycle stage|lead status|lifecycle|phase|etapa|fase|etape",
    "status": "status|customer status|account status|kundenstatus|estado del cliente|statut",
    "owner": """
        owner|account owner|sales rep|account manager|contact owner|betreuer|kundenbetreuer
        propietario
    """,
    "source": "source|lead source|origin|quelle|herkunft|origen|fuente|origine|provenance",
    "industry": """
        industry|sector|branch|branche|industrie|sector industrial|secteur|secteur d activite
        settore
    """,
    "tax_id": """
        tax id|vat|vat id|vat number|vat no|tax number|ein|tin|abn|gst number|ust id|ust idnr|ustid
        ust idnr|umsatzsteuer id|steuernummer|nif|cif|rfc|cuit|numero de tva|tva|siret|siren
        partita iva|p iva|cnpj
    """,
    "is_tax_exempt": "tax exempt|is tax exempt|vat exempt|steuerbefreit|exento de impuestos|exonere",
    "tax_exempt_certificate": """
        tax exempt certificate|exemption certificate|tax exempt number|exemption number
    """,
    "tax_exempt_expires_on": "tax exempt expires on|tax exempt expires|exemption expires|exemption expiry",
    "currency": "currency|currency code|wahrung|moneda|devise|monnaie|valuta|moeda",
    "language": "language|preferred language|locale|sprache|idioma|langue|lingua|taal",
    "timezone": "timezone|time zone|zeitzone|zona horaria|fuseau horaire",
    "shipping_recipient": """
        recipient|shipping recipient|ship to|ship to name|shipping name|delivery name
        lieferempfanger|destinatario|destinataire
    """,
    "delivery_instructions": """
        delivery instructions|shipping instructions|delivery notes|lieferhinweise
        instrucciones de entrega|instructions de livraison
    """,
    "notes": """
        notes|note|comment|comments|remark|remarks|description|memo|notiz|notizen|bemerkung
        bemerkungen|kommentar|beschreibung|notas|nota|comentarios|observaciones|remarque|remarques
        commentaire|commentaires
    """,
    "do_not_call": "do not call|dnc|no call|keine anrufe|no llamar|ne pas appeler",
    "do_not_email": """
        do not email|do not e mail|no email|unsubscribed|email opt out|opted out of email
        keine e mails
    """,
}

SHIPPING_PREFIXES = """
    shipping|ship to|ship|delivery|deliver to|liefer|lieferung|lieferadresse|envio|entrega
    livraison|spedizione
"""
BILLING_PREFIXES = """
    billing|bill to|bill|invoice|mailing|primary|main|business|company|work|home|office|contact
    rechnung|rechnungs|facturacion|facturation|fatturazione|postal|address
"""


def listed(text: str) -> list[str]:
    """'a|b' over several lines → ['a', 'b']."""
    return [" ".join(item.split()) for item in re.split(r"[|\n]", text) if item.strip()]


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for field, text in FIELD_WORDS.items():
        for synonym in listed(text):
            table.setdefault(synonym, field)
        table[field.replace("_", " ")] = field
    for part, text in ADDRESS_PARTS.items():
        for synonym in listed(text):
            table.setdefault(synonym, f"billing_{part}")
            for prefix in listed(BILLING_PREFIXES):
                table.setdefault(f"{prefix} {synonym}", f"billing_{part}")
            for prefix in listed(SHIPPING_PREFIXES):
                table.setdefault(f"{prefix} {synonym}", f"shipping_{part}")
                table.setdefault(f"{prefix}{synonym}", f"shipping_{part}")
        table[f"billing {part.replace('_', ' ')}"] = f"billing_{part}"
        table[f"shipping {part.replace('_', ' ')}"] = f"shipping_{part}"
    for synonym in ("phone", "telephone", "tel", "telefon"):
        for prefix in listed(SHIPPING_PREFIXES):
            table.setdefault(f"{prefix} {synonym}", "shipping_phone")
    return table


SYNONYMS = _table()
"""Header words → field name."""
