# Builds the released archives, a tarball and Debian packages: the same bytes from the same commit.
#
#   make dist       .build/dist/out/tieout-VERSION-MACHINE-linux.tar.gz
#   make deb        .build/dist/out/tieout_VERSION-1_ARCH.deb and tieout-server_VERSION-1_ARCH.deb
#   make check      installs both in clean roots and runs the demo there (scripts/check-packages)
#   make clean      removes .build/dist
#
#   PROGRAMS=tieout     omits the server, whose dependencies take ten minutes to build
#
# Missing build dependencies are installed first. Building and testing the project itself does not need
# make: see CONTRIBUTING.md.

VERSION := $(shell sed -n 's/.*static let version = "\(.*\)"/\1/p' Sources/BuildInfo/BuildInfo.swift)
COMMIT := $(shell git rev-parse HEAD)
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct)
export LC_ALL := C.UTF-8
export TZ := UTC

PROGRAMS ?= tieout tieout-server
MACHINE := $(shell uname -m)
DIST := .build/dist
OUT := $(DIST)/out
NAME := tieout-$(VERSION)-$(MACHINE)-linux

# Each program contains the Swift runtime and uses the C libraries of both traits. It has no debugging
# information and no path of the build machine, which would differ elsewhere.
SWIFT_FLAGS := -c release --static-swift-stdlib --traits ISAL,XLSX --scratch-path $(DIST)/swift \
  --disable-index-store -Xswiftc -gnone \
  -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. -Xcc -ffile-prefix-map=$(CURDIR)=.

.PHONY: help prepare dist deb check clean programs $(PROGRAMS:%=program-%) $(PROGRAMS:%=stage-%)
.DELETE_ON_ERROR:

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

# A static Foundation needs the C libraries that it is built on.
prepare:
	scripts/install-dependencies libsqlite3-dev zlib1g-dev libisal-dev libxlsxwriter-dev \
	  libcurl4-openssl-dev libxml2-dev binutils dpkg-dev python3

programs: $(PROGRAMS:%=program-%)

# SwiftPM knows what to rebuild; the copy is always made again.
$(PROGRAMS:%=program-%): program-%: prepare
	swift build $(SWIFT_FLAGS) --product $*
	install -D "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/$*" $(DIST)/bin/$*
	strip --strip-all $(DIST)/bin/$*

# The programs are built one after the other, because SwiftPM locks its build directory.
program-tieout-server: | $(filter program-tieout,$(PROGRAMS:%=program-%))

$(PROGRAMS:%=stage-%): stage-%: program-%
	scripts/stage-files $* $(DIST)/bin/$* $(DIST)/stage/$*

dist: $(PROGRAMS:%=stage-%)
	rm -rf $(DIST)/$(NAME) && mkdir -p $(DIST)/$(NAME) $(OUT)
	for program in $(PROGRAMS); do cp -a $(DIST)/stage/$$program/. $(DIST)/$(NAME)/; done
	sed -e 's|@VERSION@|$(VERSION)|; s|@COMMIT@|$(COMMIT)|; s|@MACHINE@|$(MACHINE)|' \
	  packaging/INSTALL >$(DIST)/$(NAME)/INSTALL
	install -m 0755 packaging/install $(DIST)/$(NAME)/install
	cd $(DIST)/$(NAME) && find . -type f ! -name SHA256SUMS -printf '%P\n' | sort | \
	  xargs -d '\n' sha256sum >SHA256SUMS
	tar -C $(DIST) --sort=name --mtime=@$(SOURCE_DATE_EPOCH) --owner=0 --group=0 --numeric-owner \
	  --mode=go=rX,u+rw,a-s --format=gnu -cf - $(NAME) | gzip -9n >$(OUT)/$(NAME).tar.gz
	cd $(OUT) && sha256sum $(NAME).tar.gz >$(NAME).tar.gz.sha256
	@ls -l $(OUT)/$(NAME).tar.gz

deb: $(PROGRAMS:%=stage-%)
	mkdir -p $(OUT)
	for program in $(PROGRAMS); do \
	  scripts/build-deb $$program $(DIST)/stage/$$program $(OUT) $(VERSION) || exit; done
	@ls -l $(OUT)/*.deb

check: dist deb
	scripts/check-packages

clean:
	rm -rf $(DIST)
