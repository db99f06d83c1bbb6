/** ISO 3166-1 alpha-2. Browsers can name regions but not list them. */
const COUNTRIES =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split(
    " ",
  );

/** What a new business most likely counts in; only a first suggestion. */
const CURRENCY_BY_COUNTRY: Record<string, string> = {
  AE: "AED",
  AR: "ARS",
  AU: "AUD",
  BR: "BRL",
  CA: "CAD",
  CH: "CHF",
  CL: "CLP",
  CN: "CNY",
  CO: "COP",
  CZ: "CZK",
  DK: "DKK",
  EG: "EGP",
  GB: "GBP",
  HK: "HKD",
  HU: "HUF",
  ID: "IDR",
  IL: "ILS",
  IN: "INR",
  IS: "ISK",
  JP: "JPY",
  KE: "KES",
  KR: "KRW",
  LI: "CHF",
  MA: "MAD",
  MX: "MXN",
  MY: "MYR",
  NG: "NGN",
  NO: "NOK",
  NZ: "NZD",
  PE: "PEN",
  PH: "PHP",
  PK: "PKR",
  PL: "PLN",
  RO: "RON",
  RS: "RSD",
  SA: "SAR",
  SE: "SEK",
  SG: "SGD",
  TH: "THB",
  TR: "TRY",
  TW: "TWD",
  UA: "UAH",
  US: "USD",
  VN: "VND",
  ZA: "ZAR",
};
const EURO =
  "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC SM VA ME XK".split(" ");

export interface RegionOption {
  value: string;
  label: string;
  note?: string;
  keywords?: string;
}

const namers = new Map<string, Intl.DisplayNames>();

/** One per language: making one costs more than a screen of names. */
function namesIn(locale: string, type: "region" | "currency"): Intl.DisplayNames {
  const key = `${type} ${locale}`;
  const names = namers.get(key) ?? new Intl.DisplayNames([locale], { type });
  namers.set(key, names);
  return names;
}

function named(
  codes: readonly string[],
  type: "region" | "currency",
  locale: string,
): RegionOption[] {
  const names = namesIn(locale, type);
  return codes
    .map((code) => ({ value: code, label: names.of(code) ?? code, note: code, keywords: code }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}

/** Every country by name, found by its code too. */
export function countryOptions(locale: string): RegionOption[] {
  return named(COUNTRIES, "region", locale);
}

/** Every currency in use by name, found by its code too. */
export function currencyOptions(locale: string): RegionOption[] {
  return named(Intl.supportedValuesOf("currency"), "currency", locale);
}

/** IANA time zones, "Europe/Berlin" shown as it is. */
export function timezoneOptions(): RegionOption[] {
  const zones = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  return [...zones].map((zone) => ({
    value: zone,
    label: zone.replaceAll("_", " "),
    keywords: zone,
  }));
}

/** Name of a country, or the code itself where there is none. */
export function countryName(code: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return namesIn(locale, "region").of(code) ?? code;
}

/** The currency that a business of this country most likely uses, if known. */
export function currencyOfCountry(country: string): string | undefined {
  return EURO.includes(country) ? "EUR" : CURRENCY_BY_COUNTRY[country];
}

/** The country in the browser's language setting ("de-AT" is AT), if it names one. */
export function countryOfLanguage(language: string): string | undefined {
  const region = new Intl.Locale(language).region;
  return region !== undefined && COUNTRIES.includes(region) ? region : undefined;
}
