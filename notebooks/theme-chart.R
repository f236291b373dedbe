# Draws the themes of one question from a run's mentions.csv with base R.
# Reads themes.json beside it.
# usage: Rscript theme-chart.R RUN/mentions.csv QUESTION OUT.png
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 3) stop("usage: Rscript theme-chart.R RUN/mentions.csv QUESTION OUT.png")
mentions <- read.csv(arguments[1], encoding = "UTF-8", stringsAsFactors = FALSE)
asked <- mentions[mentions$question == arguments[2] & mentions$theme != "", ]
if (nrow(asked) == 0) stop("no mentions under this question: ", arguments[2])
people <- unique(asked[c("theme", "respondent_id")])
counts <- sort(table(people$theme))
# Small counts are treated as in the report, by the rule that the run was made with.
themes <- paste(readLines(file.path(dirname(arguments[1]), "themes.json"), encoding = "UTF-8"), collapse = " ")
rule <- sub('.*"disclosure": *"([a-z]+)".*', "\\1", themes)
smallest <- c(none = 1, suppress = 5, nhs = 8)[[rule]]
counts <- counts[counts >= smallest]
if (rule == "nhs") counts <- 5 * round(counts / 5)
shares <- 100 * counts / asked$base[1]
png(arguments[3], width = 1400, height = 160 + 45 * length(shares), res = 130)
par(mar = c(4, 17, 3, 3))
places <- barplot(shares, horiz = TRUE, las = 1, col = "#005eb8", border = NA, xlim = c(0, max(shares) * 1.15),
                  xlab = sprintf("%% of the %d respondents who answered", asked$base[1]), main = arguments[2])
text(shares, places, sprintf("%.0f%%", shares), pos = 4)
invisible(dev.off())
