import { afterEach, describe, expect, it, vi } from "vitest";
import { answerWithPasskey, createPasskey, toBytes, toText } from "./webauthn";

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

function credentials(functions: Record<string, unknown>): void {
  vi.stubGlobal("navigator", { credentials: functions });
}

afterEach(() => vi.unstubAllGlobals());

describe("binary values", () => {
  it("go to base64url and back", () => {
    expect(toText(bytes(251, 255, 254))).toBe("-__-");
    expect(Array.from(toBytes("-__-"))).toEqual([251, 255, 254]);
    expect(toText(bytes(1))).toBe("AQ");
    expect(Array.from(toBytes("AQ"))).toEqual([1]);
  });
});

describe("a passkey that answers", () => {
  it("is written down as the API takes it", async () => {
    const get = vi.fn((_: { publicKey: { challenge: Uint8Array } }) =>
      Promise.resolve({
        id: "AQ",
        rawId: bytes(1),
        type: "public-key",
        authenticatorAttachment: "platform",
        getClientExtensionResults: () => ({}),
        response: {
          clientDataJSON: bytes(2),
          authenticatorData: bytes(3),
          signature: bytes(4),
          userHandle: bytes(5),
        },
      }),
    );
    credentials({ get });
    const answer = await answerWithPasskey({ challenge: "-__-", rpId: "localhost" });
    expect(Array.from(get.mock.calls[0]?.[0].publicKey.challenge ?? [])).toEqual([251, 255, 254]);
    expect(answer).toEqual({
      id: "AQ",
      rawId: "AQ",
      type: "public-key",
      authenticatorAttachment: "platform",
      clientExtensionResults: {},
      response: {
        clientDataJSON: "Ag",
        authenticatorData: "Aw",
        signature: "BA",
        userHandle: "BQ",
      },
    });
  });

  it.each(["NotAllowedError", "AbortError"])("may be refused by its owner: %s", async (name) => {
    credentials({ get: () => Promise.reject(new DOMException("", name)) });
    await expect(answerWithPasskey({ challenge: "AQ" })).resolves.toBeUndefined();
  });

  it("passes on what is wrong", async () => {
    credentials({ create: () => Promise.reject(new DOMException("", "SecurityError")) });
    const options = { challenge: "AQ", user: { id: "AQ" } };
    await expect(createPasskey(options)).rejects.toMatchObject({ name: "SecurityError" });
  });
});
