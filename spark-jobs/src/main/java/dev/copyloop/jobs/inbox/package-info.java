/**
 * Files that orgs drop in their inbox become landing objects, each version of a file exactly once:
 * the names and contents of the objects follow from the file's version alone, they are only ever
 * created, and the result beside the file comes last.
 */
package dev.copyloop.jobs.inbox;
