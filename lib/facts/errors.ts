import { printable } from '../contracts/printable';

/** The input of a command is not there. */
export function noSuchInput(path: string): Error {
  return new Error(
    `'${printable(path)}' does not exist; run 'cdktf synth' first, or name the output folder or a cdk.tf.json file`,
  );
}

/** The input of a command is there and cannot be read. */
export function unreadableInput(path: string, code: string): Error {
  return new Error(`'${printable(path)}' cannot be read (${code}); name a cdk.tf.json file that you may read`);
}

/** A file that has to be JSON is not. */
export function notJson(path: string, problem: string): Error {
  return new Error(
    `'${printable(path)}' is not JSON (${problem}); name the output folder of 'cdktf synth' or a cdk.tf.json file`,
  );
}

/** A file or folder is no synthesised configuration. */
export function notSynthesised(path: string, what: string): Error {
  return new Error(
    `'${printable(path)}' is ${what}, not a synthesised stack; name the output folder of 'cdktf synth' (cdktf.out) or a cdk.tf.json file`,
  );
}

/** A manifest names a file that is not in its own folder. */
export function outsideOutput(manifest: string, stack: string, path: string, how: string): Error {
  return new Error(
    `'${printable(manifest)}' gives ${printable(JSON.stringify(path))} as the file of stack ${printable(JSON.stringify(stack))}, ${how}; ` +
      "it has to be a file below the manifest's folder: run 'cdktf synth' again, and do not edit or link what it writes",
  );
}

/** A state is of a format that Terraform gave up. */
export function oldState(source: string, version: number): Error {
  return new Error(
    `'${printable(source)}' is a Terraform state of version ${version}; version 4 is read, which Terraform 0.12 and later write: ` +
      "run 'terraform apply -refresh-only' with a current Terraform, or give the output of 'terraform show -json'",
  );
}

/** OpenTofu encrypted a state. */
export function encryptedState(source: string): Error {
  return new Error(
    `'${printable(source)}' is a state that OpenTofu encrypted, and cannot be read without its key; give the output of 'tofu show -json' instead`,
  );
}

/** Something that should be a state is not. */
export function notAState(source: string): Error {
  return new Error(
    `'${printable(source)}' is no Terraform state; name a terraform.tfstate file of version 4, or give the output of 'terraform show -json'`,
  );
}

/** The input is a folder of files in JSON, which may be plans. */
export function folderOfFiles(folder: string): Error {
  const name = printable(folder).replace(/[\\/]+$/u, '');
  return new Error(
    `'${printable(folder)}' is a folder without manifest.json and without cdk.tf.json, not a synthesised stack; plans are named one by one: ` +
      `'model-lifecycle review ${name}/*.json'; of cdktf name the output folder of 'cdktf synth' (cdktf.out) or a cdk.tf.json file`,
  );
}
