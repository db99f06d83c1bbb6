import { HydrationBoundary } from "@tanstack/react-query";
import { HomePage } from "@/features/home/home-page";
import { prefetchDashboard } from "@/features/home/server";
import { loadMe } from "@/features/session/server";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("home", (texts) => texts.title);

export default async function Page() {
  const loaded = await loadMe();
  const tenant = "me" in loaded ? loaded.me.tenant : null;
  return (
    <HydrationBoundary state={tenant && (await prefetchDashboard(tenant.slug))}>
      <HomePage />
    </HydrationBoundary>
  );
}
