/** A form's rule for a text that may not be blank. */
export function filled(message: string) {
  return { validate: (value: string) => value.trim() !== "" || message };
}
