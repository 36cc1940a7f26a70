/* object.h - reference counts of kernel objects (files, threads): ObReferenceObject and what it
 * keeps. */
#ifndef CN_NT_OBJECT_H
#define CN_NT_OBJECT_H

#include "nt/nt.h"

/* Starts counting an object, with one reference; gone(object) is called when the last one goes.
 * False when no memory is left. */
bool cn_object_new(void *object, void (*gone)(void *object));
/* One reference more or less; the new count. An object that is not counted has none: 0 and -1. */
long cn_object_get(void *object);
long cn_object_put(void *object);
bool cn_object_is(const void *object);
void cn_objects_reset(void);

#endif
