/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-version.h: whether a session file is what its sources say now. */
#pragma once

#include "session/session.h"
#include "session/source.h"

/* A fault for each of name, start, build number, kind, length, blueprint and policy that was edited
 * after the build. */
void
jk_lint_version_check (const JkSession *session, const JkSessionSource *source, JkReport *report);
