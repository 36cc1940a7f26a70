# condis: the only makefile. `make` builds everything; see `make help`.
# A new file is picked up by its place: nothing has to be listed here.

# The commands of the README install what a fresh machine lacks before anything is built.
ifneq ($(filter demo test asan tsan bench,$(MAKECMDGOALS)),)
DEPS := $(shell tools/deps.sh >&2)
ifneq ($(.SHELLSTATUS),0)
$(error the packages above are missing: run `make deps` as root)
endif
endif

B       ?= build
CC      ?= gcc
SAN     ?=
OPT     ?= -O2
MINGW   ?= x86_64-w64-mingw32-gcc
CLANG   ?= clang
LLDLINK ?= lld-link

ifeq ($(origin CC),default)
CC := gcc
endif

WARN    := -Wall -Wextra -Werror -Wmissing-prototypes -Wstrict-prototypes -Wvla
SANFLAG := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
CFLAGS  := -std=gnu11 $(OPT) -g -D_GNU_SOURCE -fshort-wchar -fno-strict-aliasing -fno-common \
           -fno-omit-frame-pointer -fPIE $(WARN) $(SANFLAG) -Isrc -Iinclude/condis -idirafter include/nt $(EXTRA)
LDLIBS  := -lZydis -ljansson -ldw -lelf -ldl -lpthread -lrt
LDFLAGS := -pie -Wl,--dynamic-list=$(B)/exports.list $(SANFLAG)

LAYERS  := $(patsubst src/%,%,$(filter src/%,$(shell cat layers.txt)))
SRCS    := $(foreach l,$(LAYERS),$(sort $(wildcard src/$(l)/*.c src/$(l)/*.S)))
OBJS    := $(patsubst %,$(B)/%.o,$(SRCS))
LIB     := $(B)/libcondis.a
# The command's own objects stay out of the library.
LIBOBJS := $(filter-out $(B)/src/cli/main.c.o,$(OBJS))

DRIVERS := $(notdir $(patsubst %/,%,$(dir $(wildcard drivers/*/*.inf))))
DRV_SO  := $(DRIVERS:%=$(B)/drivers/%.so)
DRV_SYS := $(DRIVERS:%=$(B)/drivers/%.sys)
DRV_INF := $(DRIVERS:%=$(B)/drivers/%.inf)

.PHONY: all lib drivers sys deps demo test check lint asan tsan bench fuzz clean help units rules-so bad pe
all: $(B)/condis $(LIB) drivers

help:
	@echo "make            condis, libcondis.a and the samples (.so and .sys) in $(B)/"
	@echo "make deps       install what building and testing needs (Debian packages, as root)"
	@echo "make demo       check the four samples and print their reports"
	@echo "make test       all tests; T=name runs only those whose name contains it"
	@echo "make asan tsan  the tests under ASan+UBSan, under TSan"
	@echo "make lint       layers, style, citations, warnings of both compilers"
	@echo "make bench      the benchmarks     make fuzz SECS=60   the fuzz targets"

# --- the runtime -----------------------------------------------------------------------------------
$(B)/%.c.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MD -MP -c $< -o $@

$(B)/%.S.o: %.S Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MD -MP -c $< -o $@

lib: $(LIB)
$(LIB): $(LIBOBJS)
	@rm -f $@
	ar rcs $@ $^

# What drivers may import is visible in the dynamic symbol table, and nothing else is. Of DDI_AS rows
# that is the symbol, which the headers for native drivers refer to.
DEFS := $(wildcard src/nt/*.def src/ddi/*.def)
$(B)/exports.list: $(DEFS) Makefile
	@mkdir -p $(@D)
	@{ echo '{'; sed -nE 's/^DDI(_DATA|_VARIADIC)?\([a-z]+, *([A-Za-z_0-9]+).*/  \2;/p; s/^DDI_AS\([a-z]+, *[A-Za-z_0-9]+, *([a-z_0-9]+).*/  \1;/p' \
	       $(DEFS) /dev/null; \
	   echo '  cn_no_export; };'; } > $@

$(B)/condis: $(B)/src/cli/main.c.o $(LIB) $(B)/exports.list
	$(CC) $(LDFLAGS) -o $@ $< -Wl,--whole-archive $(LIB) -Wl,--no-whole-archive $(LDLIBS)

# --- sample drivers: each folder once as native .so, once as .sys ----------------------------------
# Pool tags are multi-character constants by custom.
DRV_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-multichar -Iinclude/nt
SO_FLAGS   := $(DRV_CFLAGS) -fshort-wchar -fPIC -fvisibility=hidden -shared -Wl,-Bsymbolic $(SANFLAG)
SYS_FLAGS  := $(DRV_CFLAGS) -ffreestanding -fno-builtin -mno-red-zone -mno-stack-arg-probe \
              -fno-stack-protector -fno-ident
SYS_LINK   := -nostdlib -nostartfiles -Wl,--subsystem,native:6.1 -Wl,--entry,DriverEntry \
              -Wl,--image-base,0x140000000 -Wl,--dynamicbase -Wl,--enable-reloc-section -Wl,--nxcompat \
              -Wl,--major-os-version,6 -Wl,--minor-os-version,1 -Wl,--file-alignment,0x200 \
              -Wl,--section-alignment,0x1000 -Wl,--exclude-all-symbols
SYS_LIBS   := -lndis -lntoskrnl -lhal
# What the toolchain's import libraries lack.
DLLTOOL    ?= x86_64-w64-mingw32-dlltool
MORE_LIBS  := $(patsubst include/nt/lib/%.def,$(B)/lib/lib%_more.a,$(wildcard include/nt/lib/*.def))
SYS_LIBS   += $(MORE_LIBS)
MSVC_FLAGS := --target=x86_64-pc-windows-msvc -O2 -gdwarf -funwind-tables -ffreestanding -fms-extensions \
              -mno-stack-arg-probe -Wall -Wextra -Wno-unknown-pragmas -Wno-ignored-pragma-intrinsic -Iinclude/nt
MINGWLIB   := /usr/x86_64-w64-mingw32/lib
MSVC_LINK  := /driver /subsystem:native,6.01 /entry:DriverEntry /nodefaultlib /base:0x140000000 \
              $(MINGWLIB)/libndis.a $(MINGWLIB)/libntoskrnl.a $(MINGWLIB)/libhal.a $(MORE_LIBS)
NT_HEADERS := $(wildcard include/nt/*.h include/nt/ndis/*.h)

$(MORE_LIBS): $(B)/lib/lib%_more.a: include/nt/lib/%.def
	@mkdir -p $(@D)
	$(DLLTOOL) -m i386:x86-64 -d $< -l $@

drivers: $(DRV_SO) $(DRV_SYS) $(DRV_INF)
sys: $(DRV_SYS)
.SECONDEXPANSION:
$(B)/drivers/%.so: $$(wildcard drivers/$$*/*.c drivers/$$*/*.h) $(NT_HEADERS) Makefile
	@mkdir -p $(@D)
	$(CC) $(SO_FLAGS) -o $@ $(filter %.c,$^)
$(B)/drivers/%.sys: $$(wildcard drivers/$$*/*.c drivers/$$*/*.h) $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $(@D)
	$(MINGW) $(SYS_FLAGS) $(SYS_LINK) -o $@ $(filter %.c,$^) $(SYS_LIBS)
# The other forms, for tests: as Microsoft's compiler would make it, and Windows' ABI in a shared object.
$(B)/drivers/%.msvc.sys: $$(wildcard drivers/$$*/*.c drivers/$$*/*.h) $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $@.d
	for c in $(filter %.c,$^); do $(CLANG) $(MSVC_FLAGS) -c $$c -o $@.d/$$(basename $$c .c).obj || exit 1; done
	$(LLDLINK) $@.d/*.obj /out:$@ /debug:dwarf $(MSVC_LINK)
$(B)/drivers/%.elf.so: $$(wildcard drivers/$$*/*.c drivers/$$*/*.h) $(NT_HEADERS) tools/msvc-elf.sh Makefile
	@mkdir -p $(@D)
	CLANG=$(CLANG) tools/msvc-elf.sh -o $@ -Wall -Wextra -Werror $(filter %.c,$^)
$(B)/drivers/%.inf: $$(wildcard drivers/$$*/*.inf)
	@mkdir -p $(@D)
	cp $< $@

# --- tests -----------------------------------------------------------------------------------------
UNIT_SRC  := $(sort $(wildcard tests/unit/*/*_test.c))
UNITS     := $(UNIT_SRC:%.c=$(B)/%)
RULE_SRC  := $(sort $(wildcard tests/rules/*.c))
RULE_SO   := $(RULE_SRC:%.c=$(B)/%.so)
RULE_SYS  := $(RULE_SRC:%.c=$(B)/%.sys)
BAD_SRC   := $(sort $(wildcard tests/bad/*.c))
BAD       := $(BAD_SRC:%.c=$(B)/%.so) $(BAD_SRC:%.c=$(B)/%.sys)
PE_SRC    := $(sort $(wildcard tests/pe/*.c))
# A source with a line `build: mingw` is built with mingw only, `build: msvc` with clang only.
PE_MINGW  := $(patsubst %.c,$(B)/%.sys,$(shell grep -L 'build: msvc' $(PE_SRC) /dev/null | grep -v null))
PE_MSVC   := $(patsubst %.c,$(B)/%.msvc.sys,$(shell grep -L 'build: mingw' $(PE_SRC) /dev/null | grep -v null))

units: $(UNITS)
rules-so: $(RULE_SO) $(RULE_SYS)
bad: $(BAD)
pe: $(PE_MINGW) $(PE_MSVC)

$(B)/tests/unit/%: tests/unit/%.c tests/cn_test.h $(LIB) $(B)/exports.list
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests -DCN_BUILD='"$(B)"' $(LDFLAGS) -o $@ $< \
	    -Wl,--whole-archive $(LIB) -Wl,--no-whole-archive $(LDLIBS)

$(B)/tests/rules/%.so: tests/rules/%.c $$(wildcard tests/rules/*.h) $(NT_HEADERS) Makefile
	@mkdir -p $(@D)
	$(CC) $(SO_FLAGS) -Itests/rules -o $@ $<
$(B)/tests/rules/%.sys: tests/rules/%.c $$(wildcard tests/rules/*.h) $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $(@D)
	$(MINGW) $(SYS_FLAGS) -Itests/rules $(SYS_LINK) -o $@ $< $(SYS_LIBS)

# Drivers that must do the same in every form.
$(B)/tests/forms/%.so: tests/forms/%.c $(NT_HEADERS) Makefile
	@mkdir -p $(@D)
	$(CC) $(SO_FLAGS) -o $@ $<
$(B)/tests/forms/%.sys: tests/forms/%.c $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $(@D)
	$(MINGW) $(SYS_FLAGS) $(SYS_LINK) -o $@ $< $(SYS_LIBS)
$(B)/tests/forms/%.msvc.sys: tests/forms/%.c $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $(@D)
	$(CLANG) $(MSVC_FLAGS) -c $< -o $@.obj
	$(LLDLINK) $@.obj /out:$@ /debug:dwarf $(MSVC_LINK)
$(B)/tests/forms/%.elf.so: tests/forms/%.c $(NT_HEADERS) tools/msvc-elf.sh Makefile
	@mkdir -p $(@D)
	CLANG=$(CLANG) tools/msvc-elf.sh -o $@ -Wall -Wextra -Werror $<

# Drivers that crash, hang or worse. Never with a sanitizer: what they do must reach the processor.
$(B)/tests/bad/%.so: tests/bad/%.c $(NT_HEADERS) Makefile
	@mkdir -p $(@D)
	$(CC) $(filter-out $(SANFLAG),$(SO_FLAGS)) -o $@ $<
$(B)/tests/bad/%.sys: tests/bad/%.c $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $(@D)
	$(MINGW) $(SYS_FLAGS) $(SYS_LINK) -o $@ $< $(SYS_LIBS)

# Per-file flags stand in the source: a line `cflags: ...` or `ldflags: ...`.
pe_flags = $(shell sed -nE 's/.*$(1): *(.*[^ *\/])[ *\/]*$$/\1/p' $(2))
$(B)/tests/pe/%.msvc.sys: tests/pe/%.c $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $(@D)
	$(CLANG) $(MSVC_FLAGS) $(call pe_flags,cflags,$<) -c $< -o $@.obj
	$(LLDLINK) $@.obj /out:$@ $(MSVC_LINK) $(call pe_flags,ldflags,$<)
$(B)/tests/pe/%.sys: tests/pe/%.c $(NT_HEADERS) Makefile $(MORE_LIBS)
	@mkdir -p $(@D)
	$(MINGW) $(SYS_FLAGS) $(call pe_flags,cflags,$<) $(SYS_LINK) -o $@ $< $(call pe_flags,ldflags,$<) $(SYS_LIBS)

# T= selects by name. Prints `N passed, N failed` last.
test: all units rules-so bad pe
	@B=$(B) CC=$(CC) T="$(T)" tests/run.sh

asan:
	$(MAKE) B=build-asan SAN=address,undefined OPT=-O1 test
tsan:
	$(MAKE) B=build-tsan SAN=thread OPT=-O1 CC=clang test

demo: all
	@B=$(B) tools/demo.sh

bench: all
	@$(MAKE) --no-print-directory $(patsubst tests/bench/%.c,$(B)/tests/bench/%,$(wildcard tests/bench/*.c))
	@B=$(B) tests/bench/run.sh

$(B)/tests/bench/%: tests/bench/%.c $(LIB) $(B)/exports.list
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests -DCN_BUILD='"$(B)"' $(LDFLAGS) -o $@ $< \
	    -Wl,--whole-archive $(LIB) -Wl,--no-whole-archive $(LDLIBS)

SECS ?= 60
fuzz:
	@B=$(B) SECS=$(SECS) tests/fuzz/run.sh

lint:
	@B=$(B) tools/lint.sh

deps:
	tools/deps.sh

clean:
	rm -rf build build-asan build-tsan build-clang

-include $(OBJS:.o=.d)
