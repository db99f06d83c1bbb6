/** Runs once when the server starts, before the first request. */
export async function register(): Promise<void> {
  // Written out: the bundler removes the Node-only import from other runtimes by this comparison.
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const { attendEveryRequest } = await import("./every-request");
    attendEveryRequest();
  }
}
