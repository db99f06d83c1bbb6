import { afterEach, describe, expect, it, vi } from "vitest";
import { createDjangoApi } from "./django-api";
import { silentSink } from "./log";
import { interceptProof, proveAgain } from "./step-up";

const refusal = (): Response =>
  Response.json(
    { status: 403, code: "reauthentication_required", methods: ["password"] },
    { status: 403, headers: { "Content-Type": "application/problem+json" } },
  );

function apiThatRefuses(times: number) {
  let left = times;
  const fetch = vi.fn(() => {
    left -= 1;
    return Promise.resolve(left >= 0 ? refusal() : new Response(null, { status: 204 }));
  });
  return { fetch, api: createDjangoApi({ baseUrl: "", fetch, log: silentSink, proveAgain }) };
}

let release: (() => void) | undefined;
afterEach(() => release?.());

describe("an act that asks who is there", () => {
  it("is tried again after the proof", async () => {
    const ask = vi.fn(() => Promise.resolve(true));
    release = interceptProof(ask);
    const { api, fetch } = apiThatRefuses(1);
    await expect(api.delete("/api/auth/factors/totp/")).resolves.toBeUndefined();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("stays refused when the dialog is closed", async () => {
    release = interceptProof(() => Promise.resolve(false));
    const { api, fetch } = apiThatRefuses(1);
    await expect(api.delete("/api/auth/factors/totp/")).rejects.toMatchObject({
      code: "reauthentication_required",
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("asks once for many that were refused together, and not for ever", async () => {
    const ask = vi.fn(() => Promise.resolve(true));
    release = interceptProof(ask);
    const { api } = apiThatRefuses(4);
    const all = await Promise.allSettled([
      api.delete("/api/auth/factors/totp/"),
      api.delete("/api/auth/factors/totp/"),
    ]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(all.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  });

  it("stays refused where no page can ask", async () => {
    const { api } = apiThatRefuses(1);
    await expect(api.delete("/api/auth/factors/totp/")).rejects.toMatchObject({ status: 403 });
  });
});

describe("a business that asks for a second factor", () => {
  it("is told to the page", async () => {
    const onSecondFactorNeeded = vi.fn();
    const fetch = () =>
      Promise.resolve(
        Response.json({ status: 403, code: "second_factor_required" }, { status: 403 }),
      );
    const api = createDjangoApi({ baseUrl: "", fetch, log: silentSink, onSecondFactorNeeded });
    await expect(api.get("/api/auth/me/")).rejects.toMatchObject({ status: 403 });
    expect(onSecondFactorNeeded).toHaveBeenCalledTimes(1);
  });
});
