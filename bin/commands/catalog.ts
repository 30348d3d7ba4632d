import { Command } from 'commander';
import { catalogDiffCommand } from './catalog-diff';
import { catalogImportCommand } from './catalog-import';
import { catalogRefreshCommand } from './catalog-refresh';
import { catalogStatusCommand } from './catalog-status';
import { catalogValidateCommand } from './catalog-validate';

/** `model-lifecycle catalog`: what makes, checks and compares catalogues. */
export function catalogCommand(): Command {
  return new Command('catalog')
    .description('makes, checks and compares catalogues of models')
    .addCommand(catalogImportCommand().exitOverride())
    .addCommand(catalogRefreshCommand().exitOverride())
    .addCommand(catalogStatusCommand().exitOverride())
    .addCommand(catalogValidateCommand().exitOverride())
    .addCommand(catalogDiffCommand().exitOverride());
}
