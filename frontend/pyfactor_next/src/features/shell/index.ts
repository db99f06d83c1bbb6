export { AppShell } from "./app-shell";
export { ElsewherePage } from "./elsewhere-page";
export { Logo } from "./logo";
export { ServerProblem } from "./server-problem";
