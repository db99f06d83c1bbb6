/** Amounts are decimal texts with at most four places; here they are whole ten-thousandths. */
const PLACES = 4;

/** "1200.5" → 12005000n. */
export function parseAmount(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(PLACES, "0").slice(0, PLACES));
}

/** 12005000n → "1200.5000". */
export function writeAmount(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, "0");
  const text = `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
  return value < 0n ? `-${text}` : text;
}

/** Without places where there are none: on a board whole amounts are the rule. */
export function moneyOptions(amount: string, currency: string) {
  const isWhole = /^-?\d+(\.0+)?$/.test(amount);
  return {
    style: "currency",
    currency,
    ...(isWhole ? { maximumFractionDigits: 0 } : {}),
  } as const;
}

/** "1200.5000" → "1200.5", for a field in which it is changed. */
export function editableAmount(amount: string | null): string {
  return amount === null ? "" : amount.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}
