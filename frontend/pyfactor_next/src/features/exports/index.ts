export { ExportReceipts } from "./receipts";
