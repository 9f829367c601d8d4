import type { NamedDeclaration } from '../../src/dialect';
import { judgeAnswer, type Reader } from './judge-answer';
import { overhearAnswers } from './overhear';

/**
 * Holds every answer that the server at `port` gives under a mount to the description of the mount's dialect. What is
 * not described is thrown by `throwUndescribed`. Returns how to stop.
 */
export function tapAnswers(port: number, served: readonly NamedDeclaration[], read?: Reader): () => void {
  return overhearAnswers(
    // Of the connection: a server that stops has no port any more, and goes on answering.
    ({ socket }) => socket.localPort === port,
    (answer) => {
      judgeAnswer(served, answer, read);
    },
  );
}
