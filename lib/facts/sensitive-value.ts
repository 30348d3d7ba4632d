/** What stands for a value that nobody is to see, in facts and in messages: two of them say nothing of each other. */
export const SENSITIVE = 'a sensitive value';
