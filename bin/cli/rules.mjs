import { join } from 'node:path';
import { Command, Option } from 'commander';
import { loadBuilt, ROOT } from './database.mjs';
import { CliFailure, EXIT_BAD_ANSWER } from './failure.mjs';

const SCHEMA = join(ROOT, 'rulebooks', 'schema', 'rulebook-1.schema.json');

/** `creditbank rules`: everything one can do with rule documents without a service. */
export function rulesCommand() {
  return new Command('rules')
    .description('check, test, explain and compare rule documents; needs no service')
    .addCommand(
      command('test <files...>', 'run the worked examples of documents or folders').action(
        (paths, options) =>
          answer(options, (tools) => tools.testFiles(read(tools, paths), lang(options))),
      ),
    )
    .addCommand(
      command('lint <files...>', 'find what is wrong with documents, or probably not meant')
        .option('--today <day>', 'the day to look at ends from', today())
        .option('--notes', 'also tell what is true of many good documents')
        .action((paths, options) =>
          answer(options, (tools) =>
            tools.lintFiles(read(tools, paths), {
              today: options.today,
              language: lang(options),
              withNotes: options.notes === true,
            }),
          ),
        ),
    )
    .addCommand(
      command('explain <file>', 'say a document in sentences, or a decision with its reasons')
        .option(
          '--learner <file>',
          'decide for this learner, written as in an example (YAML, JSON)',
        )
        .option('--on <day>', 'the day of the decision', today())
        .option('--example <number>', 'decide this example of the document, from 1', Number)
        .action((path, options) => answer(options, (tools) => explain(tools, path, options))),
    )
    .addCommand(
      command('diff <older> <newer>', 'say what changed, by rule and clause').action(
        (older, newer, options) =>
          answer(options, (tools) => {
            const [from, to] = [...read(tools, [older]), ...read(tools, [newer])];
            return tools.diffFiles(from, to, lang(options));
          }),
      ),
    )
    .addCommand(
      command('coverage [files...]', 'which documents show each rule of the field').action(
        (paths, options) =>
          answer(options, (tools) =>
            tools.coverageOfFiles(
              read(tools, paths.length > 0 ? paths : [join(ROOT, 'rulebooks')]),
            ),
          ),
      ),
    )
    .addCommand(
      new Command('schema')
        .description('print the JSON Schema of schemes, made from their kinds')
        .action(async () => {
          const { schemeSchema } = await tools();
          console.log(JSON.stringify(schemeSchema(), null, 2));
        }),
    )
    .addHelpText('after', HELP);
}

const HELP = `
Exit code 0: all is well. 1: a fault, an error, an example that comes out differently.
2: the command could not do its work.`;

function command(usage, description) {
  return new Command(usage.split(' ')[0])
    .usage(`[options] ${usage.split(' ').slice(1).join(' ')}`)
    .description(description)
    .option('--json', 'print the answer as JSON')
    .addOption(
      new Option('--lang <language>', 'language of the sentences')
        .choices(['en', 'zh'])
        .default('en'),
    )
    .arguments(usage.split(' ').slice(1).join(' '));
}

async function answer(options, work) {
  const { lines, json, ok } = told(work, await tools());
  if (options.json) console.log(JSON.stringify(json));
  else for (const line of lines) console.log(line);
  if (!ok) process.exitCode = EXIT_BAD_ANSWER;
}

/** What cannot be done is said in a sentence; anything else is a bug and keeps its trace. */
function told(work, loaded) {
  try {
    return work(loaded);
  } catch (error) {
    if (!(error instanceof loaded.NoSuchFile) && !(error instanceof loaded.NoSuchQuestion))
      throw error;
    throw new CliFailure(error.message);
  }
}

function tools() {
  return loadBuilt('src/rulebook/command/index.js');
}

function read({ readFiles }, paths) {
  return readFiles(paths, SCHEMA);
}

function explain(loaded, path, options) {
  const files = read(loaded, [path]);
  if (files.length !== 1)
    throw new CliFailure(`${path} holds ${files.length} documents; name one.`);
  return loaded.explainFile(files[0], {
    language: lang(options),
    learnerFile: options.learner,
    on: options.on,
    example: options.example,
  });
}

function lang({ lang: language }) {
  return language;
}

/** The bank's day is the day in China (UTC+8), wherever this runs. */
function today() {
  return new Date(Date.now() + 8 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
