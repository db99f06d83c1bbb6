export { ImportPage } from "./import-page";
export { ImportsPage } from "./imports-page";
export { UploadPage } from "./upload-page";
