/** A rule for a field that may not be blank. */
export function filled(message: string) {
  return { validate: (value: string) => value.trim() !== "" || message };
}
