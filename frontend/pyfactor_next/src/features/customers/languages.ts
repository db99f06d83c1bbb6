/** ISO 639-1. Browsers can name languages but not list them. */
const LANGUAGES =
  "aa ab af ak am an ar as av ay az ba be bg bm bn bo br bs ca ce ch co cs cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz id ig ii is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi wa wo xh yi yo za zh zu".split(
    " ",
  );

/** Every language by name, found by its code too. */
export function languageOptions(locale: string) {
  return LANGUAGES.map((code) => ({
    value: code,
    label: languageName(code, locale),
    note: code,
    keywords: code,
  })).sort((a, b) => a.label.localeCompare(b.label, locale));
}

/** Name of a language tag ("pt-BR" is Brazilian Portuguese), or the tag itself. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(tag) ?? tag;
  } catch (error) {
    // A tag that an import brought in and that is none.
    if (error instanceof RangeError) return tag;
    throw error;
  }
}
