import { djangoApi, isApiError, type RequestBody } from "@/api";
import type { BusinessValues } from "./business-form";
import { slugOf } from "./slug";

type Changes = RequestBody<"/api/tenants/current/", "patch">;

/**
 * Names the business that signing up has made, which ends its onboarding, and gives it an address
 * that shows the name. A taken address gets a short ending; the name is what matters here.
 */
export async function nameBusiness(values: BusinessValues): Promise<void> {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const changes: Changes = { ...values, timezone };
  const slug = slugOf(values.name);
  if (slug.length < 3) {
    await djangoApi.patch("/api/tenants/current/", changes);
    return;
  }
  try {
    await djangoApi.patch("/api/tenants/current/", { ...changes, slug });
  } catch (error) {
    if (!isApiError(error) || error.code !== "slug_taken") throw error;
    const ending = crypto.randomUUID().slice(0, 5);
    await djangoApi.patch("/api/tenants/current/", { ...changes, slug: `${slug}-${ending}` });
  }
}
