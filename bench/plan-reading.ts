import { fileChunks } from '../bin/commands/file-chunks';
import { ModelCatalog } from '../lib/catalog/model-catalog';
import { readPlanDocument } from '../lib/facts/plan-reader';
import { mayNameModel } from '../lib/rules/literal-prefilter';

// Reads a plan as the command does and says what it kept: the part of `review` that depends on the size of the plan.
const source = process.argv[2]!;
void readPlanDocument(fileChunks(source), {
  source,
  mayNameModel: mayNameModel(ModelCatalog.bundled().spellings()),
}).then((plan) => console.log(`${plan.changes.length} of ${plan.resourceCount}`));
