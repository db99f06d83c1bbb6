/** Encodings that the server can read, by their usual names; the likely ones first. */
export const encodings = [
  { value: "utf-8", label: "UTF-8" },
  { value: "utf-8-sig", label: "UTF-8 (BOM)" },
  { value: "windows-1252", label: "Windows-1252" },
  { value: "iso-8859-1", label: "ISO 8859-1" },
  { value: "iso-8859-15", label: "ISO 8859-15" },
  { value: "utf-16-le", label: "UTF-16 LE" },
  { value: "utf-16-be", label: "UTF-16 BE" },
  { value: "windows-1250", label: "Windows-1250" },
  { value: "windows-1251", label: "Windows-1251" },
  { value: "windows-1253", label: "Windows-1253" },
  { value: "windows-1254", label: "Windows-1254" },
  { value: "windows-1257", label: "Windows-1257" },
  { value: "iso-8859-2", label: "ISO 8859-2" },
  { value: "mac-roman", label: "Mac Roman" },
  { value: "shift_jis", label: "Shift JIS" },
  { value: "euc-kr", label: "EUC-KR" },
  { value: "gb18030", label: "GB 18030" },
  { value: "big5", label: "Big5" },
] as const;

/** Separators with the names of their texts. */
export const delimiters = [
  { value: ",", name: "comma" },
  { value: ";", name: "semicolon" },
  { value: "\t", name: "tab" },
  { value: "|", name: "pipe" },
] as const;

export const dateOrders = ["ymd", "dmy", "mdy"] as const;
export const nullMarkers = ["NULL", "\\N"] as const;
