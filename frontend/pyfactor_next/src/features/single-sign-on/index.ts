export { Connections } from "./connections";
export { ProviderCard } from "./provider-card";
