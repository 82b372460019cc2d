package generator

import "syscall"

// preferHugePages asks for the part of the heap that is used first, so many bytes of it, to come in pages of 2 MB: the
// system hands out a page when it is first touched, and a run touches tens of thousands of the usual 4 KB, which takes up to
// a third of its time. Where nothing else is in the heap yet, that part is where a slice lies that fills it. Nobody touches
// the slice, so it takes no memory, and it is gone after the next collection. A system that has no such pages to give says
// so, which changes nothing.
func preferHugePages(size int) { _ = syscall.Madvise(make([]byte, size), syscall.MADV_HUGEPAGE) }
