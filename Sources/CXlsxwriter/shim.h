#ifndef TIEOUT_CXLSXWRITER_SHIM_H
#define TIEOUT_CXLSXWRITER_SHIM_H

#include <string.h>
#include <xlsxwriter.h>

// Rows go to disk as they are written, so that a workbook of many rows needs little memory.
static inline lxw_workbook *tieout_workbook_new(const char *path) {
  lxw_workbook_options options;
  memset(&options, 0, sizeof(options));
  options.constant_memory = LXW_TRUE;
  return workbook_new_opt(path, &options);
}

// The moment that the file says it was made: else it would be that of writing it.
static inline lxw_error tieout_workbook_set_created(lxw_workbook *workbook, const char *title, int64_t second) {
  lxw_doc_properties properties;
  memset(&properties, 0, sizeof(properties));
  properties.title = (char *)title;
  properties.author = (char *)"Tieout";
  properties.created = (time_t)second;
  return workbook_set_properties(workbook, &properties);
}

// A column; one of a level above 0 is grouped and hidden.
static inline lxw_error tieout_set_column(lxw_worksheet *sheet, lxw_col_t column, double width, uint8_t level) {
  lxw_row_col_options options = {.hidden = level > 0, .level = level, .collapsed = 0};
  return worksheet_set_column_opt(sheet, column, column, width, NULL, &options);
}

// The column after grouped and hidden ones, where a spreadsheet shows the sign that unfolds them.
static inline lxw_error tieout_fold_before(lxw_worksheet *sheet, lxw_col_t column) {
  lxw_row_col_options options = {.hidden = 0, .level = 0, .collapsed = 1};
  return worksheet_set_column_opt(sheet, column, column, LXW_DEF_COL_WIDTH, NULL, &options);
}

static inline lxw_error tieout_error_parameter(void) { return LXW_ERROR_PARAMETER_VALIDATION; }

#endif
