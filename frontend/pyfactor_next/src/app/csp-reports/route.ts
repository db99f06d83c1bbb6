/** Bytes of one report; browsers send under two thousand. */
const MAX_BYTES = 16 * 1024;
/** Lines a minute of this process: a page that is wrong is reported by everybody who looks at it. */
const MAX_LINES = 60;
const MINUTE_MS = 60_000;

let minute = { began: 0, lines: 0 };

/**
 * Takes what a browser reports when the content security policy has stopped something (CSP level 3,
 * section 5.3, `application/csp-report`) and writes it as a line of JSON to standard error.
 *
 * 204 for a report, also for one above the limit of lines; 413 for a body above 16 KiB, 400 for one that
 * is no report. Queries and fragments are left out of the line: they name people.
 */
export async function POST(request: Request): Promise<Response> {
  const text = await limited(request, MAX_BYTES);
  if (text === null) return new Response(null, { status: 413 });
  const report = parsed(text);
  if (!report) return new Response(null, { status: 400 });
  if (mayWrite(Date.now())) console.error(JSON.stringify(lineOf(report)));
  return new Response(null, { status: 204 });
}

async function limited(request: Request, most: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(text);
    const report = isRecord(body) ? body["csp-report"] : null;
    return isRecord(report) ? report : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mayWrite(now: number): boolean {
  if (now - minute.began >= MINUTE_MS) minute = { began: now, lines: 0 };
  minute.lines += 1;
  return minute.lines <= MAX_LINES;
}

function lineOf(report: Record<string, unknown>): Record<string, unknown> {
  return {
    event: "csp_violation",
    timestamp: new Date().toISOString(),
    directive: short(report["effective-directive"] ?? report["violated-directive"]),
    blocked: short(report["blocked-uri"]),
    page: short(report["document-uri"]),
    source: short(report["source-file"]),
    line: Number(report["line-number"]) || 0,
  };
}

/** What a browser says, without query and fragment, in one line. */
function short(value: unknown): string {
  return typeof value === "string" ? (value.split(/[?#]/, 1)[0] ?? "").slice(0, 300) : "";
}
