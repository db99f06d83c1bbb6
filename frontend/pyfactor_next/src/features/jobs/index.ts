export { JobsHost } from "./jobs-host";
export { watchJob } from "./watched";
