import type { ProblemDefinition } from '../definition.js';

/** What can be wrong with one cell of a file. The row stays out; the other rows are not affected. */
const cellProblems = {
  'unpaired-surrogate': {
    status: 400,
    title: { en: 'The value is not valid text', zh: '内容不是有效文字' },
    change: {
      en: 'A character is damaged (half of a pair). Type the value again.',
      zh: '其中有损坏的字符（代理项不成对），请重新录入。',
    },
  },
  'date-malformed': {
    status: 400,
    title: { en: 'This is not a date', zh: '不是日期' },
    change: {
      en: 'Write 2026-06-30, 2026-06, 202606 or 2026.',
      zh: '请写成 2026-06-30、2026-06、202606 或 2026。',
    },
  },
  'date-impossible': {
    status: 400,
    title: { en: 'There is no such date', zh: '日期不存在' },
    change: {
      en: 'Check month and day against the original record.',
      zh: '请按原始记录核对月份和日期。',
    },
  },
  'date-without-day': {
    status: 400,
    title: { en: 'The date names no day', zh: '日期缺少日' },
    change: {
      en: 'Write the whole date, for example 2026-03-01, or leave it out.',
      zh: '请写完整日期，如 2026-03-01；不清楚时请留空。',
    },
  },
  'date-in-future': {
    status: 422,
    title: { en: 'The date is in the future', zh: '日期在将来' },
    change: {
      en: 'Only what is completed can be posted; today is {today}. Correct the date or send the row later.',
      zh: '只能登记已完成的成果，今天是 {today}。请更正日期，或以后再提交。',
    },
  },
  'number-malformed': {
    status: 400,
    title: { en: 'This is not a number', zh: '不是数字' },
    change: {
      en: 'Write a plain decimal number such as 1.5, without units or thousands separators.',
      zh: '请写普通小数，例如 1.5，不带单位和千分位。',
    },
  },
  'value-negative': {
    status: 422,
    title: { en: 'The value is negative', zh: '数值为负' },
    change: {
      en: 'Write zero or more. A posted outcome is taken back by revocation, not by a negative row.',
      zh: '请填写零或正数。撤回已登记的成果请用撤销，不要用负数行。',
    },
  },
  'value-too-precise': {
    status: 422,
    title: { en: 'The value has too many decimals', zh: '小数位过多' },
    change: {
      en: 'Use at most {decimals} decimals; nothing is rounded silently.',
      zh: '最多 {decimals} 位小数；系统不会自行四舍五入。',
    },
  },
  'value-out-of-range': {
    status: 422,
    title: { en: 'The value is out of range', zh: '数值超出范围' },
    change: { en: 'Use a value from {min} to {max}.', zh: '请填写 {min} 到 {max} 之间的数值。' },
  },
  'hours-not-whole-minutes': {
    status: 422,
    title: { en: 'The hours are not a whole number of minutes', zh: '学时不是整分钟' },
    change: {
      en: 'Use hours that come out in whole minutes, for example 1.5 or 0.75.',
      zh: '请填写能换算成整分钟的学时，例如 1.5 或 0.75。',
    },
  },
  'document-kind-unknown': {
    status: 400,
    title: { en: 'This kind of identity document is not known', zh: '证件类型不认识' },
    change: { en: 'Use one of: {kinds}.', zh: '请使用以下之一：{kinds}。' },
  },
  'id-typed-as-number': {
    status: 400,
    title: {
      en: 'The number was stored as a numeric value and lost its last digits',
      zh: '号码被存成数值，末尾数字已丢失',
    },
    change: {
      en: 'Set the column to text first, then type or paste the full number again: a numeric cell keeps 15 digits.',
      zh: '请先把该列设为“文本”格式，再重新录入完整号码：数值单元格只保留 15 位。',
    },
  },
  'formula-cell': {
    status: 400,
    title: { en: 'The cell holds a formula', zh: '单元格是公式' },
    change: {
      en: 'Replace the formula in {cell} by its value (copy, then paste as values).',
      zh: '请把 {cell} 的公式换成数值（复制后选择性粘贴为“数值”）。',
    },
  },
  'error-cell': {
    status: 400,
    title: { en: 'The cell shows a spreadsheet error', zh: '单元格显示错误值' },
    change: {
      en: 'Type the value that belongs into {cell}.',
      zh: '请在 {cell} 填写正确内容。',
    },
  },
  'too-many-cells': {
    status: 400,
    title: { en: 'The row has more cells than the head line', zh: '该行比表头多出单元格' },
    change: {
      en: 'The head line has {columns} columns. A value with a separator in it needs double quotes around it.',
      zh: '表头共 {columns} 列。内容里含有分隔符时，请用双引号括起来。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;

/** What only shows when rows are compared with each other. */
const rowProblems = {
  'duplicate-in-file': {
    status: 409,
    title: { en: 'This key stands in the file twice', zh: '文件中重复' },
    change: {
      en: 'Row {firstRow} has the same key. Delete one of the two, or give a different outcome its own key.',
      zh: '与第 {firstRow} 行的编号相同。请删除其中一行；若是另一项成果，请使用自己的编号。',
    },
  },
  'rows-disagree': {
    status: 422,
    title: { en: 'Two rows of one outcome disagree', zh: '同一成果的各行不一致' },
    change: {
      en: 'Row {firstRow} belongs to the same outcome and has another value here. Make them equal.',
      zh: '第 {firstRow} 行属于同一成果，但此列内容不同。请改为一致。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;

/** What stops a whole file before any row is judged. */
const fileProblems = {
  'unknown-column': {
    status: 422,
    title: { en: 'The file has a column that nobody knows', zh: '文件有未知的列' },
    change: {
      en: 'Rename or delete the column "{column}". Known columns: {known}.',
      zh: '请更名或删除“{column}”列。可用的列：{known}。',
    },
  },
  'column-missing': {
    status: 422,
    title: { en: 'A needed column is missing', zh: '缺少必需的列' },
    change: { en: 'Add the column "{column}".', zh: '请增加“{column}”列。' },
  },
  'column-repeated': {
    status: 422,
    title: { en: 'Two columns have the same meaning', zh: '有两列含义相同' },
    change: { en: 'Keep one column "{column}".', zh: '“{column}”列请只保留一个。' },
  },
  'too-many-columns': {
    status: 422,
    title: { en: 'The file has too many columns', zh: '列数过多' },
    change: { en: 'Use at most {limit} columns.', zh: '最多 {limit} 列。' },
  },
  'too-many-rows': {
    status: 422,
    title: { en: 'The file has too many rows', zh: '行数过多' },
    change: {
      en: 'Split it into files of at most {limit} rows.',
      zh: '请拆成每个不超过 {limit} 行的文件。',
    },
  },
  'shape-unknown': {
    status: 422,
    title: { en: 'The columns belong to no known sheet', zh: '无法识别表格样式' },
    change: {
      en: 'Put the column names into the first row. The template needs: {needed}.',
      zh: '请把列名放在第一行。模板至少需要：{needed}。',
    },
  },
  'record-unknown': {
    status: 422,
    title: { en: 'The records belong to no known format', zh: '无法识别记录格式' },
    change: {
      en: 'Send objects as for POST /v1/completions, or credit bank profiles with cb_id.',
      zh: '请使用与 POST /v1/completions 相同的对象，或带 cb_id 的学分银行档案。',
    },
  },
  'encoding-undecidable': {
    status: 422,
    title: { en: 'The encoding of the file cannot be told', zh: '无法判断文件编码' },
    change: {
      en: 'Save the file as "CSV UTF-8" (first doubtful line: {line}).',
      zh: '请另存为“CSV UTF-8”格式（可疑的第一行：{line}）。',
    },
  },
  'encoding-mixed': {
    status: 422,
    title: { en: 'The file mixes two encodings', zh: '文件混有两种编码' },
    change: {
      en: 'It begins as UTF-8 but line {line} is something else. Open the sources apart and save them as one "CSV UTF-8".',
      zh: '文件开头是 UTF-8，但第 {line} 行不是。请分别打开原文件，合并后另存为“CSV UTF-8”。',
    },
  },
  'encoding-differs': {
    status: 422,
    title: { en: 'The file is not in the encoding you named', zh: '文件编码与所选不符' },
    change: {
      en: 'You named {encoding}, which breaks at line {line}. Leave the encoding out or name the right one.',
      zh: '所选编码 {encoding} 在第 {line} 行无法解读。请不要指定编码，或选择正确的编码。',
    },
  },
  'file-empty': {
    status: 422,
    title: { en: 'The file holds no rows', zh: '文件没有内容' },
    change: {
      en: 'Send a head line and at least one row below it.',
      zh: '请提供表头和至少一行内容。',
    },
  },
  'file-damaged': {
    status: 422,
    title: { en: 'The file is cut off or damaged', zh: '文件不完整或已损坏' },
    change: {
      en: 'Export it again and send it whole ({reason}).',
      zh: '请重新导出并完整上传（{reason}）。',
    },
  },
  'file-not-supported': {
    status: 422,
    title: { en: 'This kind of file is not read here', zh: '不支持该文件类型' },
    change: {
      en: 'Send CSV, XLSX, JSON or NDJSON. Save an old .xls or a protected workbook as plain .xlsx.',
      zh: '请上传 CSV、XLSX、JSON 或 NDJSON。旧版 .xls 或加密的工作簿请另存为普通 .xlsx。',
    },
  },
  'file-has-macros': {
    status: 422,
    title: { en: 'The workbook holds macros', zh: '工作簿含有宏' },
    change: {
      en: 'Save it as .xlsx without macros.',
      zh: '请另存为不含宏的 .xlsx。',
    },
  },
  'file-too-complex': {
    status: 422,
    title: { en: 'The file unpacks to more than is allowed', zh: '文件解压后超出限制' },
    change: {
      en: 'The limit for {part} is {limit}. Save the sheet as CSV, or split it.',
      zh: '{part} 的上限为 {limit}。请另存为 CSV，或拆分文件。',
    },
  },
  'file-has-doctype': {
    status: 422,
    title: { en: 'The workbook holds a document type declaration', zh: '工作簿含有 DOCTYPE 声明' },
    change: {
      en: 'Spreadsheet programs never write one. Save the sheet again with such a program.',
      zh: '表格软件不会写入此类声明。请用表格软件重新保存。',
    },
  },
  'quote-not-closed': {
    status: 422,
    title: { en: 'A double quote is opened and never closed', zh: '双引号没有闭合' },
    change: {
      en: 'Look at line {line}: close the quote, or double it ("") where it belongs to the text.',
      zh: '请检查第 {line} 行：补上结尾的双引号；若是内容本身的引号，请写两个（""）。',
    },
  },
  'json-malformed': {
    status: 422,
    title: { en: 'The JSON cannot be read', zh: 'JSON 无法读取' },
    change: {
      en: 'Look at record {record}. Send one object, an array of objects, or one object a line.',
      zh: '请检查第 {record} 条记录。可用单个对象、对象数组，或每行一个对象。',
    },
  },
  'record-too-large': {
    status: 422,
    title: { en: 'One record of the file is too large', zh: '单条记录过大' },
    change: {
      en: 'Record {record} exceeds {limit}. Send fewer outcomes in one record.',
      zh: '第 {record} 条记录超过 {limit}。请减少单条记录中的成果数。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;

/** Refusals of the imports resource itself. */
const requestProblems = {
  'elmo-unknown': {
    status: 422,
    title: { en: 'This is no ELMO file', zh: '不是 ELMO 文件' },
    change: {
      en: 'Send an XML file whose root is `elmo` of version 1, as EMREX and credit banks write it.',
      zh: '请上传 EMREX 或学分银行生成的 ELMO 1.x XML 文件，根元素为 elmo。',
    },
  },
  'elmo-signature-wrong': {
    status: 422,
    title: {
      en: 'The signature of the file does not hold ({part})',
      zh: '文件签名无效（{part}）',
    },
    change: {
      en: 'The file was changed after it was signed, or is signed in a way that does not cover all of it: ask whoever issued it for a new one.',
      zh: '文件在签名后被改动，或签名未覆盖全文：请向签发方重新索取。',
    },
  },
  'file-part-missing': {
    status: 400,
    title: { en: 'The request holds no file', zh: '请求中没有文件' },
    change: {
      en: 'Send multipart/form-data with one part named "file".',
      zh: '请用 multipart/form-data，并包含名为“file”的部分。',
    },
  },
  'import-destroyed': {
    status: 410,
    title: {
      en: 'The contents of this file have been destroyed',
      zh: '该文件内容已销毁',
    },
    change: {
      en: 'They went with a person who was erased. Upload the rows that are still needed.',
      zh: '因有人员申请删除个人信息而销毁。请重新上传仍需要的行。',
    },
  },
  'import-not-checked': {
    status: 409,
    title: { en: 'This import cannot be committed now', zh: '该导入现在不能入账' },
    change: {
      en: 'Its state is "{state}"; commit an import that is "checked".',
      zh: '当前状态为“{state}”；只有“checked”的导入可以入账。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;

/** Refusals of the imports feature. */
export const importProblems = {
  ...cellProblems,
  ...rowProblems,
  ...fileProblems,
  ...requestProblems,
} as const satisfies Record<string, ProblemDefinition>;
