/** Options and answers of WebAuthn as JSON: binary values in base64url. */
type Json = Record<string, unknown>;

/** Whether this browser has passkeys at all; a page over plain HTTP has none, except on localhost. */
export function canUsePasskeys(): boolean {
  return typeof window !== "undefined" && "PublicKeyCredential" in window;
}

/** Lets the person make a passkey; undefined when she thought better of it. */
export async function createPasskey(publicKey: Json): Promise<Json | undefined> {
  const user = publicKey["user"] as Json;
  const options = {
    ...publicKey,
    challenge: toBytes(publicKey["challenge"]),
    user: { ...user, id: toBytes(user["id"]) },
    excludeCredentials: descriptors(publicKey["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = await unlessCancelled(navigator.credentials.create({ publicKey: options }));
  if (!made) return undefined;
  const response = made.response as AuthenticatorAttestationResponse;
  return described(made, {
    clientDataJSON: toText(response.clientDataJSON),
    attestationObject: toText(response.attestationObject),
  });
}

/** Lets the person answer with a passkey; undefined when she thought better of it. */
export async function answerWithPasskey(publicKey: Json): Promise<Json | undefined> {
  const options = {
    ...publicKey,
    challenge: toBytes(publicKey["challenge"]),
    allowCredentials: descriptors(publicKey["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
  const got = await unlessCancelled(navigator.credentials.get({ publicKey: options }));
  if (!got) return undefined;
  const response = got.response as AuthenticatorAssertionResponse;
  return described(got, {
    clientDataJSON: toText(response.clientDataJSON),
    authenticatorData: toText(response.authenticatorData),
    signature: toText(response.signature),
    userHandle: response.userHandle ? toText(response.userHandle) : null,
  });
}

function described(credential: PublicKeyCredential, response: Json): Json {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

/** A closed or timed-out browser dialog is an answer, too, and a key that is there already a cancelled one. */
async function unlessCancelled(
  ceremony: Promise<Credential | null>,
): Promise<PublicKeyCredential | undefined> {
  try {
    return ((await ceremony) ?? undefined) as PublicKeyCredential | undefined;
  } catch (error) {
    if (error instanceof DOMException && QUIET.has(error.name)) return undefined;
    throw error;
  }
}

const QUIET = new Set(["NotAllowedError", "AbortError", "InvalidStateError"]);

function descriptors(list: unknown): Json[] {
  return ((list as Json[] | undefined | null) ?? []).map((each) => ({
    ...each,
    id: toBytes(each["id"]),
  }));
}

/** base64url to bytes. */
export function toBytes(text: unknown): Uint8Array {
  const base64 = String(text).replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Bytes to base64url without padding. */
export function toText(buffer: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
