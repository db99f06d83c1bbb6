export { AppShell } from "./app-shell";
export { ElsewherePage } from "./elsewhere-page";
export { ServerProblem } from "./server-problem";
