export const dynamic = "force-dynamic";

/** Liveness of the web server alone; the API has its own at /health/. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}
