// The intelligent application: it knows one URL, its users' tokens and one contract, and nothing of models or releases.
const { CHAT_URL, TOKENS } = process.env;

async function ask(token, message) {
  const response = await fetch(`${CHAT_URL}/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ message }),
  });
  const answer = await response.json();
  return { status: response.status, fields: Object.keys(answer).sort(), message: answer.message };
}

const answers = await Promise.all(TOKENS.split(' ').map((token, index) => ask(token, `question ${index}`)));
process.stdout.write(JSON.stringify(answers));
