import { type DehydratedState, dehydrate } from "@tanstack/react-query";
import { createQueryClient } from "@/api/query-client";
import { isDocumentRequest, serverApi } from "@/api/server";
import { dashboardQuery } from "./queries";

/** The figures with the page; what fails here is left to the browser. */
export async function prefetchDashboard(slug: string): Promise<DehydratedState> {
  const client = createQueryClient();
  if (await isDocumentRequest()) {
    const api = await serverApi();
    await client.prefetchQuery({
      ...dashboardQuery(slug),
      queryFn: () => api.get("/api/crm/dashboard/"),
    });
  }
  return dehydrate(client);
}
