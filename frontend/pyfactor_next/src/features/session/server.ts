import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { isApiError } from "@/api/errors";
import { fetchMe, serverApi } from "@/api/server";
import { signInUrl } from "@/api/session-end";
import type { Me, TenantItem } from "./queries";

/** What the server could find out about the visitor. */
export type LoadedMe = { me: Me } | { problem: { kind: string; requestId: string | undefined } };

/** Once per page load. Nobody signed in: goes to sign in and comes back. */
export const loadMe = cache(async (): Promise<LoadedMe> => {
  try {
    return { me: await fetchMe() };
  } catch (error) {
    if (!isApiError(error)) throw error;
    if (error.kind === "unauthenticated") {
      redirect(signInUrl((await headers()).get("x-path") ?? "/", "expired"));
    }
    return { problem: { kind: error.kind, requestId: error.requestId } };
  }
});

/** The business with this address, when the visitor is a member of it. */
export async function findTenant(slug: string): Promise<TenantItem | undefined> {
  const api = await serverApi();
  const { results } = await api.get("/api/tenants/");
  return results.find((tenant) => tenant.slug === slug);
}
