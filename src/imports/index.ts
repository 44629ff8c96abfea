export { walkXml, readXml, type XmlHandler } from './files/xml-stream.js';
export {
  type OutputCell,
  type OutputSheet,
  writeWorkbook,
  writeXlsx,
} from './files/xlsx-writer.js';
export { bufferSource } from './files/byte-source.js';
export { ImportsModule } from './imports.module.js';
export { FileRefused } from './reading/mapping.js';
export { readSheet } from './reading/sheet-reader.js';
export { type ReadSheet, type SheetLimits } from './reading/sheet.js';
export { type UploadedFile, readForm } from './upload.js';
